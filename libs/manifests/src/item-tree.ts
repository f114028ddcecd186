// The tree over the items of a manifest (RFC 6962, as the logs have it).

import { inclusionProof, leafHash, nodeHash, rangeHashes, verifyInclusion, TlogRefused } from '@unbroken/tlog';
import type { ReadNodes, Sha256 } from '@unbroken/tlog';
import { base64url, TokenRefused } from '@unbroken/tokens';
import { itemBytes } from './item.js';

const HASH_BYTES = 32;

export interface ItemTree {
  /** base64url, as the claim `items` carries it. */
  readonly root: string;
  /** The siblings from the leaf up, one behind the other, base64url. */
  path(index: number): Promise<string>;
}

/** @param items their texts; at least one */
export async function itemTree(items: readonly string[], hash?: Sha256): Promise<ItemTree> {
  const read = perfectNodes(
    items.map((item) => leafHash(itemBytes(item), hash)),
    hash,
  );
  const [root = new Uint8Array()] = await rangeHashes([{ from: 0, to: items.length }], read, hash);
  return {
    root: base64url.encode(root),
    path: async (index) => base64url.encode(joined(await inclusionProof(index, items.length, read, hash))),
  };
}

/** An item, and where it is said to be. */
export interface PlacedItem {
  readonly text: string;
  readonly index: number;
  readonly path: string;
}

/**
 * Checks that the item is under the root.
 * @throws TokenRefused manifest.path
 */
export function checkPath(
  { text, index, path }: PlacedItem,
  { count, root }: { readonly count: number; readonly root: string },
  hash?: Sha256,
): void {
  const siblings = base64url.decodeStrict(path);
  if (siblings === null || siblings.length % HASH_BYTES !== 0) {
    throw new TokenRefused('manifest.path', 'the path is not whole hashes in strict base64url');
  }
  const proof = Array.from({ length: siblings.length / HASH_BYTES }, (_, at) =>
    siblings.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES),
  );
  const claim = {
    index,
    size: count,
    leafHash: leafHash(itemBytes(text), hash),
    root: base64url.decodeStrict(root) ?? new Uint8Array(),
  };
  try {
    verifyInclusion(claim, proof, hash);
  } catch (error) {
    if (!(error instanceof TlogRefused)) throw error;
    throw new TokenRefused('manifest.path', `the item is not shown to be in the manifest: ${error.message}`);
  }
}

/** All nodes that are roots of perfect subtrees, level by level. */
function perfectNodes(leaves: readonly Uint8Array[], hash?: Sha256): ReadNodes {
  const levels: Uint8Array[][] = [[...leaves]];
  for (let below = levels[0] ?? []; below.length > 1;) {
    const level: Uint8Array[] = [];
    for (let at = 0; at + 1 < below.length; at += 2) {
      level.push(nodeHash(below[at] ?? new Uint8Array(), below[at + 1] ?? new Uint8Array(), hash));
    }
    levels.push(level);
    below = level;
  }
  return (nodes) => Promise.resolve(nodes.map(({ level, index }) => levels[level]?.[index] ?? new Uint8Array()));
}

function joined(hashes: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(hashes.length * HASH_BYTES);
  hashes.forEach((hash, at) => bytes.set(hash, at * HASH_BYTES));
  return bytes;
}
