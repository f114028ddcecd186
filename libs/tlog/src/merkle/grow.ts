// Appending (RFC 6962 section 2.1): one node hash per leaf on average, nothing read but the right edge, and the new
// tile hashes (https://c2sp.org/tlog-tiles) as a by-product, because they pass by anyway.
import { sha256, type Sha256 } from '../sha256.js';
import { tileHeight, tileWidth } from '../tiles/tile.js';
import { hashBytes, isHash, nodeHash } from './merkle-hash.js';
import type { RightEdge } from './right-edge.js';

/**
 * Hashes that a growth adds to one tile. A partial tile is the beginning of the full one, so a store that appends
 * `hashes` to what it holds of the tile can serve it in every width. `from` is how many hashes it must hold already.
 */
export type TileExtension = {
  readonly level: number;
  readonly index: number;
  readonly from: number;
  /** 32 bytes each. */
  readonly hashes: Uint8Array;
};

/** The edge after a growth, and what it adds to tiles, by level and index. */
export type Growth = { readonly edge: RightEdge; readonly tiles: readonly TileExtension[] };

/**
 * Appends leaves, in order. What it is given stays as it is; nothing is lost when the result is thrown away.
 * @throws RangeError when a leaf hash has not 32 bytes, or the edge is none
 */
export function grow(edge: RightEdge, leafHashes: Iterable<Uint8Array>, hash: Sha256 = sha256): Growth {
  const subtrees = [...edge.hashes];
  const fresh: Uint8Array[][] = [[]];
  let size = edge.size;
  for (const leaf of leafHashes) {
    if (!isHash(leaf)) throw new RangeError(`a leaf hash of ${leaf.length} bytes`);
    let subtree = leaf;
    fresh[0]?.push(leaf);
    let level = 0;
    for (let position = size; position % 2 === 1; position = (position - 1) / 2) {
      const left = subtrees.pop();
      if (left === undefined) throw new RangeError('the edge has fewer hashes than its size says');
      subtree = nodeHash(left, subtree, hash);
      level++;
      if (level % tileHeight === 0) (fresh[level / tileHeight] ??= []).push(subtree);
    }
    subtrees.push(subtree);
    size++;
  }
  return {
    edge: { size, hashes: subtrees },
    tiles: fresh.flatMap((hashes, level) => extend(edge.size, level, hashes)),
  };
}

/** The hashes of one tile level, which follow those of the old size, cut into tiles. */
function extend(oldSize: number, level: number, hashes: readonly Uint8Array[]): TileExtension[] {
  const start = Math.floor(oldSize / tileWidth ** level);
  const extensions: TileExtension[] = [];
  for (let taken = 0; taken < hashes.length;) {
    const from = (start + taken) % tileWidth;
    const added = hashes.slice(taken, taken + tileWidth - from);
    extensions.push({ level, index: Math.floor((start + taken) / tileWidth), from, hashes: joined(added) });
    taken += added.length;
  }
  return extensions;
}

function joined(hashes: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(hashes.length * hashBytes);
  hashes.forEach((hash, at) => bytes.set(hash, at * hashBytes));
  return bytes;
}
