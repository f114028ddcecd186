// What the registry tells of parties, keys and policies, over HTTP.

import type { TestParty } from '@unbroken/chains/fixture';
import type { JwksAnswer, NamesakesAnswer, PartyAnswer } from '@unbroken/contracts';
import { defaultPolicy, defaultPolicyHash, defaultPolicyText, policyHash } from '@unbroken/custody';
import { ServiceHouse } from '@unbroken/intake/fixture';
import * as ground from '@unbroken/testing';
import { waitFor } from '@unbroken/testing';
import { keyId } from '@unbroken/tokens';
import type { Signer } from '@unbroken/tokens';
import { registryService } from './registry.service.js';

const POLICIES = '/registry/v1/policies';

let house: ServiceHouse;
let sender: TestParty;
let gateway: Signer;

beforeAll(async () => {
  house = await ServiceHouse.open({ ground, services: [registryService] });
  sender = await house.ledger.party('skat', ['sender']);
  gateway = await house.ledger.enrol(sender, 'gateway', ['sender'], 'person-anna');
  await house.ledger.say(sender, 'sited', { site: 'skat/ringsted', geo: [554_400, 117_900], radius: 50 });
  const isKnown = async () => (await house.get<PartyAnswer>('/registry/v1/parties/skat')).body.sites.length === 1;
  await waitFor(isKnown, { what: 'the party' });
}, 120_000);

afterAll(() => house.close(), 60_000);

describe('GET /registry/v1/parties', () => {
  it('a party → its name, roles, sites and keys, and nothing of the persons behind them', async () => {
    const { status, body } = await house.get<PartyAnswer>('/registry/v1/parties/skat');
    expect(status).toBe(200);
    expect(body).toMatchObject({ party: 'skat', name: 'The skat', roles: ['sender'], admitted: true });
    expect(body.sites).toEqual([{ site: 'skat/ringsted', geo: [554_400, 117_900], radius: 50 }]);
    expect(body.keys.map(({ use }) => use)).toEqual(['root', 'device', 'gateway']);
    expect(JSON.stringify(body)).not.toContain('anna');
  });

  it('its keys → a JWK Set whose kids are the thumbprints; a key taken back is gone', async () => {
    const { headers, body } = await house.get<JwksAnswer>('/registry/v1/parties/skat/jwks.json');
    expect(headers.get('content-type')).toContain('application/jwk-set+json');
    expect(body.keys).toHaveLength(3);
    for (const { kid, alg, use, kty, crv, x } of body.keys)
      expect([keyId({ kty, crv, x } as Signer['jwk']), alg, use]).toEqual([kid, 'Ed25519', 'sig']);
    expect(body.keys.find(({ kid }) => kid === gateway.kid)?.unbroken).toEqual({ use: 'gateway', roles: ['sender'] });
    await house.ledger.revoke(sender, gateway.kid, house.ledger.now);
    const left = async () => (await house.get<JwksAnswer>('/registry/v1/parties/skat/jwks.json')).body.keys;
    await waitFor(async () => (await left()).every(({ kid }) => kid !== gateway.kid), { what: 'the key to go' });
  });

  it('another party of its name → both tell of the other', async () => {
    await house.ledger.party('scat', ['courier'], 'the  SKAT');
    const namesakes = async (id: string) =>
      (await house.get<NamesakesAnswer>(`/registry/v1/parties/${id}/namesakes`)).body;
    await waitFor(async () => (await namesakes('skat')).parties.length > 0, { what: 'the other party' });
    expect(await namesakes('skat')).toEqual({ parties: [{ party: 'scat', name: 'the  SKAT', roles: ['courier'] }] });
    expect(await namesakes('scat')).toEqual({ parties: [{ party: 'skat', name: 'The skat', roles: ['sender'] }] });
  });

  it.each(['nobody-here', 'No%20Party', 'nobody-here/jwks.json', 'nobody-here/namesakes'])(
    '%s → 404 with the cure',
    async (path) => {
      expect(await house.get(`/registry/v1/parties/${path}`)).toMatchObject({
        status: 404,
        body: { code: 'party.unknown' },
      });
    },
  );
});

describe('policies', () => {
  const json = { 'content-type': 'application/json' };

  it('a document → named by its bytes as they were sent, given back as they were, published once', async () => {
    const ear = await house.listen('registry.documents.v1');
    const text = ` ${JSON.stringify({ ...defaultPolicy, name: 'Skåt' }, null, 3)}\n`;
    const first = await house.post(POLICIES, text, json);
    expect(first).toMatchObject({ status: 201, body: { policy: policyHash(text) } });
    expect((await house.post(POLICIES, text, json)).body).toEqual(first.body);
    expect((await house.get(`${POLICIES}/${policyHash(text)}`)).body).toEqual(JSON.parse(text));
    const other = JSON.stringify({ ...defaultPolicy, name: 'Other' });
    await house.post(POLICIES, other, json);
    await waitFor(() => ear.heard.some(({ key }) => key === policyHash(other)), { what: 'the documents' });
    const [published, ...more] = ear.heard.filter(({ key }) => key === policyHash(text));
    expect(more).toEqual([]);
    expect(Buffer.from(published?.text ?? '', 'latin1').toString()).toBe(text);
  });

  it('the default policy → its document', async () => {
    expect((await house.get(`${POLICIES}/${defaultPolicyHash}`)).body).toEqual(JSON.parse(defaultPolicyText));
  });

  it('a misspelt rule → 422 with its place', async () => {
    const wrong = { ...defaultPolicy, approval: { form: 'sensitive' } };
    const answer = await house.post(POLICIES, wrong);
    expect(answer).toMatchObject({ status: 422, body: { code: 'policy.form' } });
    expect(answer.body['pointer']).toContain('/approval');
  });

  it('a hash of no document → 404', async () => {
    expect(await house.get(`${POLICIES}/${'A'.repeat(43)}`)).toMatchObject({
      status: 404,
      body: { code: 'policy.unknown' },
    });
  });
});
