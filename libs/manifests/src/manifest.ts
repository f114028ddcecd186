// A whole manifest: made by one signature, written down for the other phone, cut into the pieces that chains carry.

import type { ShipmentEvent } from '@unbroken/custody';
import { mintToken, newJti, TokenRefused } from '@unbroken/tokens';
import type { PartyId, Sha256, Signer } from '@unbroken/tokens';
import { encodeItem, manifestItem, readItem } from './item.js';
import type { ManifestItem } from './item.js';
import { itemTree } from './item-tree.js';
import { MOST_ITEMS, readManifestToken } from './manifest-claims.js';

export interface Manifest {
  /** The one token that is signed. */
  readonly token: string;
  /** The exact text of each item, in order. */
  readonly items: readonly string[];
}

export interface Gesture {
  readonly iss: PartyId;
  readonly evt: Extract<ShipmentEvent, 'accepted' | 'released'>;
  /** Seconds since 1970. */
  readonly iat: number;
  /** What all parcels share: `to`, `mode`, `until`, `cond`, `at`, `off`, … */
  readonly said: Readonly<Record<string, unknown>>;
}

/**
 * Signs once for all these parcels.
 * @throws TokenRefused manifest.count, manifest.item, manifest.claims, or as mintToken
 */
export async function signManifest(
  { iss, evt, iat, said }: Gesture,
  items: readonly ManifestItem[],
  signer: Signer,
): Promise<Manifest> {
  const texts = items.map((item) => JSON.stringify(manifestItem.parse(item)));
  checkCount(items);
  const { root } = await itemTree(texts);
  const claims = { ...said, iss, sub: iss, jti: newJti(), iat, evt, items: { count: texts.length, root } };
  const token = await mintToken(claims, signer);
  readManifestToken(token);
  return { token, items: texts };
}

/**
 * One piece for each item, in order, of a manifest that somebody else has made: read strictly, and found to be whole.
 * @throws TokenRefused those of a token; manifest.claims, manifest.count, manifest.item, manifest.path. The pointer names the
 * item, by its place: /items/7
 */
export async function readPieces(manifest: Manifest, hash?: Sha256): Promise<string[]> {
  const { items } = readManifestToken(manifest.token, hash);
  if (items.count !== manifest.items.length) {
    const what = `${manifest.items.length} items came, and ${items.count} were signed`;
    throw new TokenRefused('manifest.count', what, '/items');
  }
  checkCount(manifest.items.map((text, at) => readItem(text, `/items/${at}`)));
  return piecesOf(manifest, hash);
}

/** One piece for each item, in order. @throws TokenRefused manifest.path where the items are not those that were signed */
export async function piecesOf({ token, items }: Manifest, hash?: Sha256): Promise<string[]> {
  const signed = readManifestToken(token, hash).items;
  const tree = await itemTree(items, hash);
  if (signed.count !== items.length || signed.root !== tree.root) {
    throw new TokenRefused('manifest.path', 'the items are not those that were signed', '/items');
  }
  return Promise.all(items.map(async (item, at) => `${token}~${encodeItem(item)}~${at}~${await tree.path(at)}`));
}

/** As it is handed over: the token, and each item on a line of its own. */
export const formatManifest = ({ token, items }: Manifest): string => [token, ...items].join('\n');

/**
 * Reads what `formatManifest` wrote, and that it is whole.
 * @throws TokenRefused as readPieces
 */
export async function parseManifest(text: string): Promise<Manifest> {
  const [token = '', ...items] = text.split('\n');
  await readPieces({ token, items });
  return { token, items };
}

function checkCount(items: readonly ManifestItem[]): void {
  const parcels = new Set<string>();
  for (const [at, { sub }] of items.entries()) {
    if (parcels.has(sub)) throw new TokenRefused('manifest.count', 'a parcel is named twice', `/items/${at}`);
    parcels.add(sub);
  }
  if (items.length < 1 || items.length > MOST_ITEMS) {
    throw new TokenRefused('manifest.count', `it has ${items.length} items`, '/items');
  }
}
