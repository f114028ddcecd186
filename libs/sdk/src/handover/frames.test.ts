// A film of codes: 200 parcels in fewer frames than twenty seconds show, also where a third of them is lost.

import decodeQR from 'qr/decode.js';
import { formatManifest, parseManifest, signManifest } from '@unbroken/manifests';
import { base64url, generateSigner, newJti, shipmentId } from '@unbroken/tokens';
import type { PartyId, TokenId } from '@unbroken/tokens';
import { codeModules } from './draw-code.js';
import { FilmReader, framesOf } from './frames.js';
import { pictureOf } from '../fixture/picture-of.js';

const FRAMES_A_SECOND = 10;
const SECONDS = 20;

async function manifestOf(count: number): Promise<string> {
  const { signer } = await generateSigner('ES256');
  const items = Array.from({ length: count }, (_, at) => ({
    sub: shipmentId('health-agency' as PartyId, newJti()),
    prev: base64url.encode(crypto.getRandomValues(new Uint8Array(32))) as TokenId,
    seq: at + 1,
  }));
  const said = { to: 'statistics-denmark', mode: 'meet' };
  const gesture = { iss: 'danish-post' as PartyId, evt: 'released', iat: 1_793_577_600, said } as const;
  return formatManifest(await signManifest(gesture, items, signer));
}

/** Shows the film from that frame on; answers after how many frames it was read, where these are lost. */
function shown(frames: readonly string[], from: number, isLost: (shownAt: number) => boolean): number {
  const reader = new FilmReader();
  for (let at = 0; at < 10 * FRAMES_A_SECOND * SECONDS; at += 1) {
    if (isLost(at)) continue;
    if (reader.take(frames[(from + at) % frames.length] ?? '')?.text !== undefined) return at + 1;
  }
  return Infinity;
}

/** Chances from 0 up to 1 that are the same each time (mulberry32). */
function chances(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

it('200 parcels → 24 codes of version 20; what is read out of their pictures is the manifest', async () => {
  const text = await manifestOf(200);
  const frames = framesOf(text);
  expect(frames).toHaveLength(24);
  const reader = new FilmReader();
  let read: string | undefined;
  for (const [at, frame] of frames.entries()) {
    // Drawing and decoding take long: the first, the longest and the last stand for all.
    const isDrawn = [0, 11, 23].includes(at);
    if (isDrawn) expect(codeModules(frame).length - 8).toBeLessThanOrEqual(97);
    read = reader.take(isDrawn ? decodeQR(pictureOf(frame)) : frame)?.text ?? read;
  }
  expect(read).toBe(text);
  expect((await parseManifest(read ?? '')).items).toHaveLength(200);
}, 60_000);

it('200 parcels, begun anywhere, a third of the frames lost → in 99 of 100 shows read within twenty seconds', async () => {
  const frames = framesOf(await manifestOf(200));
  const chance = chances(7);
  const needed = Array.from({ length: 500 }, (_, at) => shown(frames, at % frames.length, () => chance() < 1 / 3));
  const inTime = needed.filter((count) => count <= FRAMES_A_SECOND * SECONDS).length;
  expect(inTime).toBeGreaterThanOrEqual(495);
  expect(Math.max(...needed)).toBeLessThan(Infinity);
});

it('nothing lost, begun anywhere → one round', async () => {
  const frames = framesOf(await manifestOf(50));
  for (const from of frames.keys()) expect(shown(frames, from, () => false)).toBe(frames.length);
});

it('two films before one camera → each whole by itself, never mixed', async () => {
  const [one, other] = [await manifestOf(20), await manifestOf(20)];
  const reader = new FilmReader();
  const [begun = ''] = framesOf(one);
  reader.take(begun);
  const read = framesOf(other).map((frame) => reader.take(frame)?.text);
  expect(read.at(-1)).toBe(other);
});

it.each(['', 'https://example.org', 'UF1.AAAAAAAAAAAA.3.2.x', 'UF1.AAAAAAAAAAAA.0.2.x'])('%j → no frame', (text) => {
  expect(new FilmReader().take(text)).toBeUndefined();
});

it('frames that do not add up to what they say → nothing is taken, and it is read again', () => {
  const [first = '', second = ''] = framesOf('x'.repeat(801));
  const reader = new FilmReader();
  reader.take(`${first.slice(0, -1)}y`);
  expect(reader.take(second)).toEqual({ missing: [1, 2] });
  reader.take(first);
  expect(reader.take(second)?.text).toBe('x'.repeat(801));
});
