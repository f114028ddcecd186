// Drafting a shipment and seeing what was sent, over HTTP.

import { TestShipment } from '@unbroken/chains/fixture';
import type { TestParty } from '@unbroken/chains/fixture';
import type { DraftAnswer, ShipmentsAnswer } from '@unbroken/contracts';
import { defaultPolicy, defaultPolicyHash, readClaims } from '@unbroken/custody';
import { ServiceHouse } from '@unbroken/intake/fixture';
import * as ground from '@unbroken/testing';
import { waitFor } from '@unbroken/testing';
import { base64url, commitment, readShipmentId, sha256Hash, shipmentId } from '@unbroken/tokens';
import { senderService } from '../sender.service.js';

const DRAFT = '/sender/v1/shipments';

let house: ServiceHouse;
let sender: TestParty;
let post: TestParty;
let statistics: TestParty;

beforeAll(async () => {
  house = await ServiceHouse.open({ ground, services: [senderService] });
  sender = await house.ledger.party('skat', ['sender']);
  post = await house.ledger.party('post', ['courier']);
  statistics = await house.ledger.party('statistics', ['receiver']);
  await waitFor(async () => (await codesOf({})).length === 0, { what: 'the parties' });
}, 120_000);

afterAll(() => house.close(), 60_000);

const body = (claims: object = {}) => ({
  iss: 'skat',
  kind: 'physical',
  to: 'statistics',
  via: ['post'],
  contents: { text: 'two CDs' },
  class: 'internal',
  enc: { how: 'none' },
  due: house.ledger.now + 86_400,
  pieces: 2,
  ...claims,
});
const codesOf = async (claims: object) =>
  (await house.post<DraftAnswer>(DRAFT, body(claims))).body.warnings.map(({ code }) => code);

describe('POST /sender/v1/shipments', () => {
  it('contents as text → complete claims, and the salt that opens the commitment', async () => {
    const { status, body: answer } = await house.post<DraftAnswer>(DRAFT, body());
    expect(status).toBe(201);
    const { claims, salt = '', sub, label } = answer;
    expect(readClaims(claims, house.ledger.deployment)).toMatchObject({ chain: 'shipment' });
    expect(claims).toMatchObject({ evt: 'registered', seq: 0, iat: house.ledger.now, policy: defaultPolicyHash });
    expect(sub).toBe(shipmentId(claims.iss, claims.jti));
    expect(readShipmentId(label)).toBe(sub);
    expect(claims.contents).toBe(commitment(base64url.decodeStrict(salt) ?? new Uint8Array(), 'two CDs'));
    expect(answer.next.join(' ')).toContain('salt');
  });

  it('contents as a commitment → taken as it is, no salt', async () => {
    const made = sha256Hash(new Uint8Array(32));
    const { body: answer } = await house.post<DraftAnswer>(DRAFT, body({ contents: { commitment: made } }));
    expect(answer.claims.contents).toBe(made);
    expect(answer).not.toHaveProperty('salt');
  });

  it('no policy named → the newest of the sender', async () => {
    const policy = await house.ledger.document(JSON.stringify({ ...defaultPolicy, name: 'Own' }));
    const other = await house.ledger.party('kommune', ['sender']);
    await house.ledger.say(other, 'policed', { policy });
    const drafted = async () => (await house.post<DraftAnswer>(DRAFT, body({ iss: 'kommune' }))).body.claims.policy;
    await waitFor(async () => (await drafted()) === policy, { what: 'the policy' });
  });

  it.each([
    [
      'sensitive, not encrypted',
      { class: 'sensitive' },
      ['dispatch.unencrypted', 'dispatch.unapproved', 'dispatch.no-basis'],
    ],
    ['personal with a basis', { class: 'personal', basis: { code: 'GDPR:6', ref: 'x' } }, []],
    ['internal', {}, []],
    ['to nobody known', { to: 'nobody-here' }, ['party.unknown']],
    ['to a guest', { to: 'guest' }, []],
    ['from nobody admitted', { iss: 'nobody-here' }, ['party.not-admitted']],
    ['under a policy nobody published', { policy: sha256Hash(new Uint8Array(3)) }, ['policy.unknown']],
    ['due yesterday', { due: 1 }, ['due.passed']],
  ])('%s → warned of %j', async (_, claims, codes) => expect(await codesOf(claims)).toEqual(codes));

  it.each([
    ['a mistyped S10 number', { refs: { s10: 'RR473124839DK' } }, 422, 'shipment.s10', '/refs/s10'],
    ['no party id', { iss: 'S K A T' }, 422, 'shipment.form', '/iss'],
    ['a class there is not', { class: 'secret' }, 422, 'shipment.form', '/class'],
    ['a courier that is no party id', { via: ['post', '?'] }, 422, 'shipment.form', '/via/1'],
    ['a member nobody knows', { courier: 'post' }, 400, 'body.form', '/courier'],
    ['a claim that is not the sender’s to choose', { jti: 'x' }, 400, 'body.form', '/jti'],
    ['no contents', { contents: undefined }, 400, 'body.form', '/contents'],
  ])('%s → %#: refused with its place', async (_, claims, status, code, pointer) => {
    expect(await house.post(DRAFT, body(claims))).toMatchObject({ status, body: { code, pointer } });
  });

  it('an S10 number in order → drafted', async () => {
    expect((await house.post(DRAFT, body({ refs: { s10: 'RR473124829DK' } }))).status).toBe(201);
  });
});

describe('GET /sender/v1/shipments', () => {
  const sent = async (query: string) => (await house.get<ShipmentsAnswer>(`${DRAFT}?${query}`)).body.shipments;

  it('what a party sent, and where it is', async () => {
    const shipment = await TestShipment.register(house.ledger, sender, { to: 'statistics', via: ['post'] });
    await shipment.handOver(sender, post);
    await shipment.add(post, 'released', { to: 'statistics', mode: 'meet' });
    const isOffered = async () => (await sent('party=skat&status=offered')).find(({ offer }) => offer?.from === 'post');
    const found = await waitFor(isOffered, { what: 'the offer' });
    expect(found).toMatchObject({
      sub: shipment.sub,
      from: 'skat',
      to: statistics.id,
      holder: 'post',
      class: 'internal',
    });
    expect(found.offer).toMatchObject({ from: 'post', to: 'statistics' });
    expect(await sent('party=skat&status=prepared')).toEqual([]);
    expect(await sent('party=post')).toEqual([]);
  });

  it.each(['', 'party=', 'party=skat&status=lost-in-post', 'party=skat&cursor=x', 'party=skat&stat=offered'])(
    '?%s → 400',
    async (query) => {
      expect(await house.get(`${DRAFT}?${query}`)).toMatchObject({ status: 400, body: { code: 'query.form' } });
    },
  );
});
