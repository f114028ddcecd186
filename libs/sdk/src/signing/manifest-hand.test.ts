// Many parcels by one signature, as the hub is asked for them and told of them; the real hub is met in test/offline.

import { piecesOf, readPieces } from '@unbroken/manifests';
import type { Manifest } from '@unbroken/manifests';
import { base64url, generateSigner, newJti, parseToken, shipmentId, TokenRefused } from '@unbroken/tokens';
import type { PartyId, ShipmentId, SignerWithKey, TokenId } from '@unbroken/tokens';
import { chainAnswer, someHead } from '@unbroken/words/fixture';
import { HubUnreachable } from '../client/hub-errors.js';
import { UnbrokenClient } from '../client/unbroken-client.js';
import { AnsweringHub } from '../fixture/answering-hub.js';
import type { Answer } from '../fixture/answering-hub.js';
import type { DeviceOutbox } from '../outbox/device-outbox.js';
import { ClaimsRefused } from './claims-refused.js';
import { ManifestHand } from './manifest-hand.js';
import type { Place } from './place.js';
import { Places } from './places.js';

const party = 'danish-post' as PartyId;
const to = 'statistics-denmark' as PartyId;
const subs = Array.from({ length: 40 }, () => shipmentId('health-agency' as PartyId, newJti()));
const parcels = subs.map((sub) => ({ sub }));

let hub: AnsweringHub;
let key: SignerWithKey;
beforeAll(async () => (key = await generateSigner('ES256')));
afterEach(async () => hub.close());

const chainOf = (sub: ShipmentId, state: object = {}): Answer => {
  const answer = chainAnswer();
  return { status: 200, body: { ...answer, sub, state: { ...answer.state, sub, ...state } } };
};

const refused = {
  type: 'about:blank',
  title: 'No',
  status: 422,
  code: 'dispatch.unapproved',
  detail: 'No.',
  cure: 'Ask.',
};

async function handOf(answers: Readonly<Record<string, Answer>>) {
  const chains = Object.fromEntries(subs.map((sub) => [`GET /ledger/v1/chains/${sub}`, chainOf(sub)]));
  hub = new AnsweringHub({ ...chains, ...answers });
  const client = new UnbrokenClient({ url: await hub.listen() });
  return new ManifestHand({ client, party, signer: key.signer, door: 'courier', now: () => 1_793_577_600_000 });
}

it('forty parcels → posted once, signed once, each behind its own head; what is refused is told of its parcel', async () => {
  const tokens = subs.map((sub, at) => (at === 7 ? { refused } : { tid: sub, status: 'recorded' }));
  const hand = await handOf({ 'POST /courier/v1/tokens': { status: 200, body: { tokens } } });
  const { manifest, pieces } = await hand.release(parcels, { to, mode: 'meet' });
  const posts = hub.asked.filter(({ method }) => method === 'POST');
  expect(posts).toHaveLength(1);
  const sent = (JSON.parse(posts[0]?.body ?? '') as { manifest: Manifest }).manifest;
  expect(sent).toEqual(manifest);
  expect(pieces.map(({ token }) => token)).toEqual(await readPieces(sent));
  expect(sent.items.map((item) => JSON.parse(item) as object)).toEqual(
    subs.map((sub) => ({ sub, prev: someHead, seq: 4 })),
  );
  expect(parseToken(sent.token).claims).toMatchObject({ iss: party, sub: party, evt: 'released', to, mode: 'meet' });
  expect(pieces.flatMap((piece, at) => (piece.refused === undefined ? [] : [[at, piece.refused.code]]))).toEqual([
    [7, 'dispatch.unapproved'],
  ]);
  expect(pieces.every(({ carried, pending }) => carried && !pending)).toBe(true);
});

it('accepted where something stands behind the release → each names its own', async () => {
  const [one, other] = subs as [ShipmentId, ShipmentId];
  const offer = base64url.encode(new Uint8Array(32).fill(9)) as TokenId;
  const open = { tid: offer, from: 'health-agency', to: party, mode: 'meet', until: null };
  const hand = await handOf({
    [`GET /ledger/v1/chains/${one}`]: chainOf(one, { offer: open }),
    [`GET /ledger/v1/chains/${other}`]: chainOf(other, { offer: { ...open, tid: someHead } }),
    'POST /courier/v1/tokens': { status: 202, body: { tokens: [{ tid: 'a' }, { tid: 'b' }] } },
  });
  const { manifest, pieces } = await hand.accept([{ sub: one }, { sub: other, seals: { 'DK-0417': 'intact' } }], {
    cond: 'ok',
  });
  expect(manifest.items.map((item) => JSON.parse(item) as object)).toEqual([
    { sub: one, prev: someHead, seq: 4, rel: offer },
    { sub: other, prev: someHead, seq: 4, seals: { 'DK-0417': 'intact' } },
  ]);
  expect(pieces.map(({ pending }) => pending)).toEqual([true, true]);
  expect(await piecesOf(manifest)).toHaveLength(2);
});

it('a claim that is none, or a parcel twice → nothing is signed or sent', async () => {
  const hand = await handOf({});
  const nowhere = { to: 'No Party' as PartyId, mode: 'meet' } as const;
  await expect(hand.release(parcels.slice(0, 2), nowhere)).rejects.toThrow(ClaimsRefused);
  const twice = hand.release([...parcels.slice(0, 2), ...parcels.slice(0, 1)], { to, mode: 'meet' });
  await expect(twice).rejects.toThrow(TokenRefused);
  expect(hub.asked.filter(({ method }) => method === 'POST')).toEqual([]);
});

it('no hub answers → asked at most once at a time, and only for what this device does not know', async () => {
  hub = new AnsweringHub({});
  let asked = 0;
  const away = () => {
    asked += 1;
    return Promise.reject(new TypeError('no network'));
  };
  const known = (of: readonly ShipmentId[]) => {
    const places = new Map<string, Place>(of.map((sub) => [sub, { prev: someHead as TokenId, seq: 4 }]));
    const answer = () => Promise.resolve(places);
    const outbox = { places: answer, unsettledPlaces: answer } as unknown as DeviceOutbox;
    return new Places(new UnbrokenClient({ url: 'http://127.0.0.1:1', fetch: away }), outbox);
  };
  expect(await known(subs).ofAll(subs)).toHaveLength(subs.length);
  expect(asked).toBeLessThanOrEqual(16);
  await expect(known(subs.slice(1)).ofAll(subs)).rejects.toThrow(HubUnreachable);
});
