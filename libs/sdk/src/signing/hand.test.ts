import { generateSigner, newJti, parseToken, shipmentId, verifyProofOfPossession, verifyToken } from '@unbroken/tokens';
import type { PartyId, SignerWithKey, TokenId } from '@unbroken/tokens';
import { UnbrokenClient } from '../client/unbroken-client.js';
import { AnsweringHub, problem, recording } from '../fixture/answering-hub.js';
import type { Answer, Asked } from '../fixture/answering-hub.js';
import { chainAnswer, someHead, someShipment } from '@unbroken/words/fixture';
import { Hand, sourceHash } from './hand.js';
import { RootHand } from './root-hand.js';

const post = 'danish-post' as PartyId;
const NOW = 1_424_340_060_750;
const chains = `GET /ledger/v1/chains/${someShipment}`;
const there = { [chains]: { status: 200, body: chainAnswer() } };
const trust = {
  status: 200,
  body: { deployment: 'test', operator: { party: 'op-op', kid: null }, logs: [], witnesses: [], quorum: 0 },
};

let hub: AnsweringHub;
let key: SignerWithKey;
beforeAll(async () => (key = await generateSigner('ES256')));
afterEach(async () => hub.close());

async function handOf(answers: Record<string, Answer | ((asked: Asked) => Answer)>): Promise<Hand> {
  hub = new AnsweringHub(answers);
  const client = new UnbrokenClient({ url: await hub.listen() });
  return new Hand({ client, party: post, signer: key.signer, door: 'courier', now: () => NOW });
}

/** The claims of the tokens that were posted. */
const posted = () =>
  hub.asked
    .filter(({ method }) => method === 'POST')
    .flatMap(({ body }) => (JSON.parse(body) as { tokens: string[] }).tokens.map((token) => parseToken(token)));

const takes = { 'POST /courier/v1/tokens': recording() };

describe('a hand signs', () => {
  it('a line token → behind the head the hub tells, signed with the key, at whole seconds', async () => {
    const hand = await handOf({ ...there, ...takes });
    await hand.release(someShipment, { to: 'statistics-denmark' as PartyId, mode: 'meet' });
    const [envelope] = posted();
    expect(envelope?.claims).toMatchObject({
      iss: post,
      sub: someShipment,
      iat: 1_424_340_060,
      evt: 'released',
      prev: someHead,
      seq: 4,
    });
    if (envelope === undefined) throw new Error('nothing was posted');
    const { kid, jwk } = key.signer;
    await expect(verifyToken(envelope, { party: post, kid, jwk })).resolves.toBeUndefined();
  });

  it('at a place that is given → there, without asking the hub', async () => {
    const hand = await handOf(takes);
    const prev = 'C'.repeat(42) + 'A';
    await hand.accept(someShipment, { cond: 'ok' }, { prev: prev as TokenId, seq: 7 });
    expect(posted()[0]?.claims).toMatchObject({ prev, seq: 7 });
    expect(hub.asked).toHaveLength(1);
  });

  it('a remark → hangs on the head and is not numbered', async () => {
    const hand = await handOf({ ...there, ...takes });
    await hand.report(someShipment, { what: 'opened' });
    expect(posted()[0]?.claims).toMatchObject({ evt: 'reported', prev: someHead });
    expect(posted()[0]?.claims).not.toHaveProperty('seq');
  });

  it('another system’s line → only its hash is signed', async () => {
    const hand = await handOf({ ...there, ...takes });
    await hand.importScan(someShipment, { what: 'delivered', when: 5, source: 'RR1;DELIVERED;Jane Doe' });
    expect(posted()[0]?.claims).toMatchObject({
      what: 'delivered',
      when: 5,
      src: sourceHash('RR1;DELIVERED;Jane Doe'),
    });
    expect(JSON.stringify(posted()[0]?.claims)).not.toContain('Jane');
  });

  it('a registration → its id follows from the token, its rules are the newest published', async () => {
    const policy = 'D'.repeat(42) + 'A';
    const party = { party: post, name: 'P', roles: [], asked: [], admitted: true, rootKid: 'k', sites: [], keys: [] };
    const hand = await handOf({
      ...takes,
      'GET /ledger/v1/trust': trust,
      [`GET /registry/v1/parties/${post}`]: { status: 200, body: { ...party, policies: ['E'.repeat(43), policy] } },
    });
    const { sub } = await hand.register({
      kind: 'physical',
      to: 'statistics-denmark' as PartyId,
      contents: sourceHash('salted'),
      class: 'internal',
      enc: { how: 'none' },
      due: 5,
      pieces: 1,
    });
    const claims = posted()[0]?.claims;
    expect(claims).toMatchObject({ aud: 'test', seq: 0, policy, sub });
    expect(sub).toBe(shipmentId(post, claims?.jti ?? newJti()));
  });

  it('what has not the form of its event → refused before anything is signed or sent', async () => {
    const hand = await handOf({ ...there, ...takes });
    const asked = hand.refuse(someShipment, { why: 'Not Ours!' });
    await expect(asked).rejects.toMatchObject({ code: 'claims.form', pointer: '/why' });
    expect(posted()).toEqual([]);
  });

  it('the hub took it and has not recorded it yet → pending', async () => {
    const tid = 'A'.repeat(43);
    const hand = await handOf({ ...there, 'POST /courier/v1/tokens': { status: 202, body: { tokens: [{ tid }] } } });
    expect(await hand.report(someShipment, { what: 'lost' })).toMatchObject({ pending: true });
  });

  it('the ledger refused it → its code and a cure', async () => {
    const refused = recording({ status: 'refused', code: 'token.unknown-key' });
    const hand = await handOf({ ...there, 'POST /courier/v1/tokens': refused });
    await expect(hand.report(someShipment, { what: 'lost' })).rejects.toMatchObject({
      code: 'token.unknown-key',
      cure: expect.stringContaining('party enrol') as string,
    });
  });

  it('one refused in a batch that was answered → its own reason', async () => {
    const own = problem(422, 'dispatch.unapproved', 'Nobody approved it.', 'Have it approved.').body;
    const answer = { status: 202, body: { tokens: [{ refused: own }] } };
    const hand = await handOf({ ...there, 'POST /courier/v1/tokens': answer });
    await expect(hand.report(someShipment, { what: 'lost' })).rejects.toMatchObject({ code: 'dispatch.unapproved' });
  });

  it('on a chain that nothing opens yet → says so', async () => {
    const nothing = { status: 200, body: { ...chainAnswer(), state: null } };
    const hand = await handOf({ [chains]: nothing, ...takes });
    await expect(hand.report(someShipment, { what: 'lost' })).rejects.toMatchObject({ code: 'chain.unopened' });
  });
});

it('a root hand enrols a key → the new key proves that it serves this party under this root', async () => {
  hub = new AnsweringHub({ 'POST /registry/v1/tokens': recording() });
  const client = new UnbrokenClient({ url: await hub.listen() });
  const root = new RootHand({ client, party: post, signer: key.signer, now: () => NOW });
  const device = await generateSigner('ES256');
  const on = { prev: someHead as TokenId, seq: 1 };
  await root.enrol(device.signer, { use: 'device', roles: ['courier'] }, on);
  const pop = String(posted()[0]?.claims['pop']);
  expect(await verifyProofOfPossession(device.signer.jwk, post, key.signer.kid, pop)).toBe(true);
});
