// Test vectors of manifests for other people's implementations: pieces that every reader must take, and must refuse.

import { base64url, mintToken, parseToken, shipmentId } from '@unbroken/tokens';
import type { Jti, PartyId, PublicJwk, RefusalCode, ShipmentId, TokenId } from '@unbroken/tokens';
import { fixedSigners } from '@unbroken/tokens/vectors';
import type { ManifestItem } from '../item.js';
import { itemTree } from '../item-tree.js';
import { piecesOf } from '../manifest.js';
import { pieceId } from '../piece.js';

export interface ManifestVector {
  readonly name: string;
  readonly piece: string;
  /** That signed it. */
  readonly key: { readonly party: PartyId; readonly jwk: PublicJwk };
  /** The id and the claims of the parcel's statement, or the code of the refusal. */
  readonly expect:
    { readonly tid: TokenId; readonly claims: Readonly<Record<string, unknown>> } | { readonly refused: RefusalCode };
}

const party = 'danish-post' as PartyId;
const sixteen = (number: number): Jti => base64url.encode(new Uint8Array(16).fill(number)) as Jti;
const hashed = (number: number): TokenId => base64url.encode(new Uint8Array(32).fill(number)) as TokenId;
const sub = (number: number): ShipmentId => shipmentId('health-agency' as PartyId, sixteen(number));

const items: readonly ManifestItem[] = [1, 2, 3, 4, 5].map((number) => ({
  sub: sub(number),
  prev: hashed(number),
  seq: number,
  ...(number === 2 && { seals: { 'DK-0417': 'intact' as const, 'DK-0418': 'unobserved' as const } }),
}));

const shared = { iss: party, sub: party, jti: sixteen(99), iat: 1793577600 };
const released = { ...shared, evt: 'released', to: 'statistics-denmark', mode: 'meet' };
const accepted = { ...shared, evt: 'accepted', cond: 'ok' };

/** Every vector, the good ones first; the same on every call. */
export async function manifestVectors(): Promise<ManifestVector[]> {
  const { es256, ed25519 } = await fixedSigners();
  const texts = items.map((item) => JSON.stringify(item));
  const of = async (claims: object, count: number, over = texts.slice(0, count), signer = ed25519) => {
    const { root } = await itemTree(over);
    return mintToken({ ...claims, items: { count, root } }, signer);
  };
  const key = { party, jwk: ed25519.jwk };
  const good = async (name: string, claims: object, count: number, at: number, signer = ed25519) => {
    const token = await of(claims, count, undefined, signer);
    const piece = (await piecesOf({ token, items: texts.slice(0, count) }))[at] ?? '';
    const { signingInput } = parseToken(token);
    const expect = { tid: pieceId(signingInput, piece.split('~')[1] ?? ''), claims: { ...claims, ...items[at] } };
    return { name, piece, key: { party, jwk: signer.jwk }, expect };
  };
  const token = await of(released, 5);
  const pieces = await piecesOf({ token, items: texts });
  const [jws = '', item = '', index = '', path = ''] = (pieces[1] ?? '').split('~');
  const itemOf = (text: string) => base64url.encode(new TextEncoder().encode(text));
  /** A piece of one item that is hashed and signed as it stands. */
  const oddItem = async (text: string) => `${await of(released, 1, [text])}~${itemOf(text)}~0~`;
  const bad = (name: string, refused: RefusalCode, piece: string): ManifestVector => ({
    name,
    piece,
    key,
    expect: { refused },
  });
  const [first = ''] = texts;
  return [
    await good('the first of five parcels, released', released, 5, 0),
    await good('one whose seals were looked at', released, 5, 1),
    await good('the last of five, whose path is shorter', released, 5, 4),
    await good('accepted, signed with ES256', accepted, 5, 2, es256),
    await good('a manifest of one parcel: its path is empty', accepted, 1, 0),
    bad('over 8,192 bytes', 'manifest.too-large', `${jws}~${item}~${index}~${'A'.repeat(8192)}`),
    bad('three parts', 'manifest.parts', `${jws}~${item}~${index}`),
    bad('five parts', 'manifest.parts', `${pieces[1] ?? ''}~`),
    bad(
      '`sub` is not the party that signs',
      'manifest.claims',
      `${await of({ ...released, sub: sub(1) }, 5)}~${item}~1~${path}`,
    ),
    bad(
      'an event that parcels do not share',
      'manifest.claims',
      `${await of({ ...shared, evt: 'withdrawn' }, 5)}~${item}~1~${path}`,
    ),
    bad('`seals` for all parcels', 'manifest.claims', `${await of({ ...released, seals: {} }, 5)}~${item}~1~${path}`),
    bad('more than 1,000 items', 'manifest.claims', `${await of(released, 1001, texts)}~${item}~1~${path}`),
    bad('no items', 'manifest.claims', `${await mintToken(released, ed25519)}~${item}~1~${path}`),
    bad('an item with padding', 'manifest.item', `${jws}~${item}=~${index}~${path}`),
    bad('an item that names a member twice', 'manifest.item', await oddItem(first.replace('{', '{"seq":7,'))),
    bad('an item that says more', 'manifest.item', await oddItem(first.replace('{', '{"to":"visa-centre",'))),
    bad('an item that is no object', 'manifest.item', await oddItem('[]')),
    bad('the index of another item', 'manifest.path', `${jws}~${item}~2~${path}`),
    bad('an index beyond the count', 'manifest.path', `${jws}~${item}~5~${path}`),
    bad('an index with a leading zero', 'manifest.path', `${jws}~${item}~01~${path}`),
    bad('a path that is too short', 'manifest.path', `${jws}~${item}~${index}~${path.slice(0, -43)}`),
    bad(
      'an item of another manifest',
      'manifest.path',
      `${jws}~${itemOf(JSON.stringify({ ...items[1], seq: 9 }))}~${index}~${path}`,
    ),
    bad('a path that is not base64url', 'manifest.path', `${jws}~${item}~${index}~${path}=`),
  ];
}
