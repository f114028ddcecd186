// One signature for many parcels: made, handed over, cut into pieces, and each piece checked by itself.

import { readClaims } from '@unbroken/custody';
import { base64url, generateSigner, keyId, newJti, shipmentId } from '@unbroken/tokens';
import type { PartyId, Signer, TokenId } from '@unbroken/tokens';
import { CheckedSignatures } from './checked-signatures.js';
import type { ManifestItem } from './item.js';
import { ManifestRefused } from './manifest-refused.js';
import { formatManifest, parseManifest, piecesOf, signManifest } from './manifest.js';
import type { Gesture, Manifest } from './manifest.js';
import { isPiece, parsePiece, PieceReader } from './piece.js';
import { manifestVectors } from './vectors/index.js';

const iss = 'danish-post' as PartyId;
const gesture: Gesture = { iss, evt: 'released', iat: 1_793_577_600, said: { to: 'statistics-denmark', mode: 'meet' } };

let signer: Signer;
beforeAll(async () => ({ signer } = await generateSigner('ES256')));

const someItems = (count: number): ManifestItem[] =>
  Array.from({ length: count }, (_, at) => ({
    sub: shipmentId('health-agency' as PartyId, newJti()),
    prev: base64url.encode(crypto.getRandomValues(new Uint8Array(32))) as TokenId,
    seq: at + 1,
  }));

async function signed(count: number): Promise<{ manifest: Manifest; items: ManifestItem[]; pieces: string[] }> {
  const items = someItems(count);
  const manifest = await signManifest(gesture, items, signer);
  return { manifest, items, pieces: await piecesOf(manifest) };
}

const refusal = (code: string) => expect.objectContaining({ code }) as Error;

it.each([1, 2, 3, 7, 8, 9, 200])(
  '%i parcels → each piece says of its parcel what a token of its own would',
  async (count) => {
    const { items, pieces } = await signed(count);
    const reader = new PieceReader();
    const read = pieces.map((piece) => reader.read(piece));
    expect(read).toEqual(pieces.map((piece) => parsePiece(piece)));
    const checked = new CheckedSignatures();
    for (const { signed } of read)
      await checked.verify(signed, { party: iss, kid: keyId(signer.jwk), jwk: signer.jwk });
    expect(checked.size).toBe(1);
    expect(new Set(read.map(({ tid }) => tid)).size).toBe(count);
    for (const [at, { claims }] of read.entries()) {
      expect(claims).toMatchObject({ ...items[at], iss, evt: 'released', to: 'statistics-denmark', mode: 'meet' });
      expect(readClaims(claims, 'test')).toMatchObject({ chain: 'shipment' });
    }
  },
);

it('1,000 parcels → the longest piece is far below what a token may have; 1,001 are refused', async () => {
  const { pieces } = await signed(1000);
  expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThan(1300);
  expect(() => parsePiece(pieces[999] ?? '')).not.toThrow();
  await expect(signManifest(gesture, someItems(1001), signer)).rejects.toThrow(refusal('manifest.count'));
});

it('any character of a piece changed → refused, or its signature does not hold', async () => {
  const [, piece = ''] = (await signed(5)).pieces;
  const key = { party: iss, kid: keyId(signer.jwk), jwk: signer.jwk };
  let byReading = 0;
  for (let at = 0; at < piece.length; at += 1) {
    const changed = piece.slice(0, at) + (piece[at] === 'A' ? 'B' : 'A') + piece.slice(at + 1);
    try {
      const { signed } = parsePiece(changed);
      await expect(new CheckedSignatures().verify(signed, key)).rejects.toThrow();
    } catch (error) {
      if (!(error instanceof Error) || !('code' in error)) throw error;
      byReading += 1;
    }
  }
  expect(byReading).toBeGreaterThan(piece.length / 2);
});

it('another signature over the same claims → checked by itself, and refused', async () => {
  const [piece = ''] = (await signed(2)).pieces;
  const key = { party: iss, kid: keyId(signer.jwk), jwk: signer.jwk };
  const checked = new CheckedSignatures();
  await checked.verify(parsePiece(piece).signed, key);
  const [jws = ''] = piece.split('~');
  const forged = piece.replace(jws, jws.slice(0, -4) + (jws.endsWith('AAAA') ? 'BBBA' : 'AAAA'));
  await expect(checked.verify(parsePiece(forged).signed, key)).rejects.toThrow(refusal('token.signature'));
  await expect(checked.verify(parsePiece(forged).signed, key)).rejects.toThrow(refusal('token.signature'));
});

describe('handed over', () => {
  it('whole → the same manifest', async () => {
    const { manifest } = await signed(20);
    expect(await parseManifest(formatManifest(manifest))).toEqual(manifest);
  });

  it.each([
    ['an item is missing', (lines: string[]) => lines.slice(0, -1), 'manifest.count'],
    ['two items changed places', ([a = '', b = '', c = '', ...more]: string[]) => [a, c, b, ...more], 'manifest.path'],
    [
      'an item was changed',
      ([a = '', b = '', ...more]: string[]) => [a, b.replace('"seq":1', '"seq":2'), ...more],
      'manifest.path',
    ],
    [
      'an item is spelled otherwise',
      ([a = '', b = '', ...more]: string[]) => [a, b.replace('{', '{ '), ...more],
      'manifest.path',
    ],
  ])('%s → refused', async (_, spoil, code) => {
    const lines = formatManifest((await signed(20)).manifest).split('\n');
    await expect(parseManifest(spoil(lines).join('\n'))).rejects.toThrow(refusal(code));
  });

  it('a parcel twice → refused before anything is signed', async () => {
    const [item] = someItems(1);
    if (item === undefined) throw new Error('no item');
    await expect(signManifest(gesture, [item, { ...item, seq: 7 }], signer)).rejects.toThrow(refusal('manifest.count'));
  });
});

it('each vector → as it says', async () => {
  for (const { name, piece, expect: expected } of await manifestVectors()) {
    expect(isPiece(piece)).toBe(true);
    if ('refused' in expected) {
      expect([name, codeOf(() => parsePiece(piece))]).toEqual([name, expected.refused]);
    } else {
      const { tid, claims } = parsePiece(piece);
      expect({ name, tid, claims }).toEqual({ name, ...expected });
    }
  }
});

function codeOf(read: () => unknown): string {
  try {
    read();
    return 'taken';
  } catch (error) {
    if (error instanceof ManifestRefused) return error.code;
    throw error;
  }
}
