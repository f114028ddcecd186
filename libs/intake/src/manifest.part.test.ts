// A whole manifest at the door: taken apart into its pieces, or refused whole.

import type { TokenProblem, TokensAnswer } from '@unbroken/contracts';
import { formatManifest, parsePiece, piecesOf, signManifest } from '@unbroken/manifests';
import type { Manifest } from '@unbroken/manifests';
import { base64url, readPromise } from '@unbroken/tokens';
import type { TokenId } from '@unbroken/tokens';
import { GATED, POST, Turnstile, aText, heardBy, iss, shipment, tidOf } from './doors.part.test.js';
import type { Doors } from './doors.part.test.js';
import type { TopicEar } from './fixture/index.js';
import { promiseKey } from './promise/promise-key.js';

const times = (ear: TopicEar, text: string) => ear.texts.filter((one) => one === text).length;
const someId = () => base64url.encode(crypto.getRandomValues(new Uint8Array(32))) as TokenId;
const gesture = { iss, evt: 'released' as const, iat: 1_772_000_000, said: { to: 'posten', mode: 'meet' } };

export function manifestTests(at: () => Doors): void {
  const signed = async (count: number) => {
    const items = Array.from({ length: count }, () => ({ sub: shipment(), prev: someId(), seq: 1 }));
    const manifest = await signManifest(gesture, items, at().signer);
    return { items, manifest, pieces: await piecesOf(manifest) };
  };

  it('1,000 parcels → an id and a promise for each, and each piece on the custody topic under its own shipment', async () => {
    const { house, custody } = at();
    const { items, manifest, pieces } = await signed(1000);
    const { status, body } = await house.post<TokensAnswer>(POST, { manifest, clock: 1_772_438_400 });
    expect(status).toBe(202);
    const tids = pieces.map((piece) => ({ tid: parsePiece(piece).tid }));
    expect(body.tokens).toEqual(tids);
    const { jwk } = await promiseKey(house.settings.UNBROKEN_STATE_DIR);
    expect((await readPromise(body.promise ?? '', [jwk])).tokens).toMatchObject(tids);
    for (const place of [0, 1, 511, 999]) {
      const { key, headers } = await heardBy(custody, pieces[place] ?? '');
      expect({ key, headers }).toMatchObject({ key: items[place]?.sub, headers: { 'device-clock': aText } });
    }
  });

  it('again, and its pieces among other tokens → the same answers, published once', async () => {
    const { house, custody, token } = at();
    const { manifest, pieces } = await signed(3);
    const { body } = await house.post<TokensAnswer>(POST, { manifest });
    expect((await house.post(POST, { manifest })).body).toEqual(body);
    const last = await token();
    const mixed = await house.post<TokensAnswer>(POST, { tokens: [...pieces, last] });
    expect(mixed.body.tokens).toEqual([...body.tokens, { tid: tidOf(last) }]);
    await heardBy(custody, last);
    for (const piece of pieces) await heardBy(custody, piece);
    for (const piece of pieces) expect(times(custody, piece)).toBe(1);
  });

  it('one item changed → 422 that names it, nothing is taken, and what came is quarantined whole', async () => {
    const { house, custody, refused, token } = at();
    const { manifest, pieces } = await signed(3);
    const [first = '', second = '', third = ''] = manifest.items;
    const bad = { ...manifest, items: [first, second.replace('"seq":1', '"seq":"1"'), third] };
    const { status, body } = await house.post<TokenProblem>(POST, { manifest: bad });
    expect({ status, body }).toMatchObject({ status: 422, body: { code: 'manifest.item', pointer: '/items/1' } });
    await heardBy(refused, formatManifest(bad));
    const last = await token();
    await house.post(POST, last);
    await heardBy(custody, last);
    for (const piece of pieces) expect(times(custody, piece)).toBe(0);
  });

  it.each<[string, (items: Manifest['items']) => Manifest['items'], string]>([
    ['an item is missing', (items) => items.slice(1), 'manifest.count'],
    ['two changed places', ([a = '', b = '', ...more]) => [b, a, ...more], 'manifest.path'],
  ])('%s → nothing is taken', async (_, spoil, code) => {
    const { manifest } = await signed(3);
    const { body } = await at().house.post(POST, { manifest: { ...manifest, items: spoil(manifest.items) } });
    expect(body).toMatchObject({ status: 422, code, pointer: '/items' });
  });

  it('at a closed gate → each parcel is told so in its place', async () => {
    const { manifest, pieces } = await signed(2);
    const wasClosed = Turnstile.closed;
    Turnstile.closed = true;
    const { status, body } = await at().house.post(GATED, { manifest });
    Turnstile.closed = wasClosed;
    const errors = pieces.map((_, place) => ({ code: 'gate.closed', pointer: `/manifest/items/${place}` }));
    expect({ status, body }).toMatchObject({ status: 422, body: { code: 'tokens.refused', errors } });
  });

  it.each([
    ['a manifest and tokens', { manifest: { token: 'a', items: ['b'] }, tokens: ['a'] }],
    ['a manifest of nothing', { manifest: { token: 'a', items: [] } }],
  ])('%s → 400 with a pointer', async (_, body) => {
    expect(await at().house.post(POST, body)).toMatchObject({ status: 400, body: { code: 'body.form', errors: [{}] } });
  });
}
