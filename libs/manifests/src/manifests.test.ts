// One signature for many parcels: made, handed over, cut into pieces, and each piece checked by itself.

import { readClaims } from '@unbroken/custody';
import { base64url, generateSigner, mintToken, newJti, parseToken, shipmentId, TokenRefused } from '@unbroken/tokens';
import { importKey, verifyTokenSync } from '@unbroken/tokens/node';
import type { Envelope, PartyId, Signer, TokenId } from '@unbroken/tokens';
import { CheckedSignatures } from './checked-signatures.js';
import type { ManifestItem } from './item.js';
import { manifestOfPieces } from './manifest-of-pieces.js';
import { formatManifest, parseManifest, piecesOf, signManifest } from './manifest.js';
import type { Gesture, Manifest } from './manifest.js';
import { parseStatementSync, readCheckedStatement } from './node/index.js';
import { isPiece, parsePiece, PieceReader } from './piece.js';
import { parseStatement, statementId } from './statement.js';
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

const key = () => ({ ...importKey(signer.jwk), party: iss });

/** What checks each signature once, and how often it really did. */
function counted() {
  let count = 0;
  const checked = new CheckedSignatures((envelope: Envelope, by: ReturnType<typeof key>) => {
    count += 1;
    verifyTokenSync(envelope, by);
  });
  return { checked, times: () => count };
}

const refusal = (code: string) => expect.objectContaining({ code }) as Error;

it.each([1, 2, 3, 7, 8, 9, 200])(
  '%i parcels → each piece says of its parcel what a token of its own would',
  async (count) => {
    const { items, pieces } = await signed(count);
    const reader = new PieceReader();
    const read = pieces.map((piece) => reader.read(piece));
    expect(read).toEqual(pieces.map((piece) => parsePiece(piece)));
    const { checked, times } = counted();
    for (const piece of read) checked.verify(piece, key());
    expect(times()).toBe(1);
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
  let byReading = 0;
  for (let at = 0; at < piece.length; at += 1) {
    const changed = piece.slice(0, at) + (piece[at] === 'A' ? 'B' : 'A') + piece.slice(at + 1);
    try {
      const read = parsePiece(changed);
      expect(() => verifyTokenSync(read, key())).toThrow();
    } catch (error) {
      if (!(error instanceof Error) || !('code' in error)) throw error;
      byReading += 1;
    }
  }
  expect(byReading).toBeGreaterThan(piece.length / 2);
});

it('a statement that is a token or a piece → every reader says the same of it', async () => {
  const [item] = someItems(1);
  const token = await mintToken({ iss, jti: newJti(), iat: gesture.iat, evt: 'released', ...item }, signer);
  for (const statement of [token, ...(await signed(3)).pieces]) {
    const read = parseStatement(statement);
    expect(read).toEqual(isPiece(statement) ? parsePiece(statement) : parseToken(statement));
    expect(parseStatementSync(Buffer.from(statement))).toEqual(read);
    expect(statementId(statement)).toBe(read.tid);
    expect(readCheckedStatement(statement)).toEqual({ tid: read.tid, header: read.header, claims: read.claims });
  }
});

it('bytes beyond ASCII in any part of a piece → refused', async () => {
  const [, piece = ''] = (await signed(3)).pieces;
  for (let at = 0; at < piece.length; at += 1) {
    const bytes = Buffer.from(piece);
    bytes[at] = 0x80 + (at % 0x80);
    expect(() => parseStatement(bytes)).toThrow(TokenRefused);
  }
});

it('another signature over the same claims → checked by itself, and refused', async () => {
  const [piece = ''] = (await signed(2)).pieces;
  const { checked, times } = counted();
  checked.verify(parsePiece(piece), key());
  const [jws = ''] = piece.split('~');
  const forged = piece.replace(jws, jws.slice(0, -4) + (jws.endsWith('AAAA') ? 'BBBA' : 'AAAA'));
  expect(() => checked.verify(parsePiece(forged), key())).toThrow(refusal('token.signature'));
  expect(() => checked.verify(parsePiece(forged), key())).toThrow(refusal('token.signature'));
  expect(times()).toBe(3);
});

it('its pieces among others, in any order → put together again; one missing → not', async () => {
  const [one, other] = [await signed(7), await signed(3)];
  const all = [...one.pieces, ...other.pieces, one.manifest.token].reverse();
  expect(manifestOfPieces(one.manifest.token, all)).toEqual(one.manifest);
  expect(manifestOfPieces(other.manifest.token, all.slice(0, -1))).toEqual(other.manifest);
  expect(manifestOfPieces(one.manifest.token, all.slice(0, -1))).toBeUndefined();
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
    if (error instanceof TokenRefused) return error.code;
    throw error;
  }
}
