// Tiles (https://c2sp.org/tlog-tiles, "Merkle Tree"): 256 neighbouring hashes of every eighth level, which is all a
// log stores and serves of its tree.
import { hashBytes } from '../merkle/merkle-hash.js';
import { TlogRefused } from '../refused.js';

/** Levels of the tree that one tile spans. */
export const tileHeight = 8;

/** Hashes of a full tile. */
export const tileWidth = 2 ** tileHeight;

/** A tile and how much of it: `width` from 1 to 256, 256 being the full one. Entry bundles are those of level 0. */
export type Tile = { readonly level: number; readonly index: number; readonly width: number };

/** How many hashes a tile has in a tree of this size; 0 when it is not begun. */
export const widthIn = (size: number, level: number, index: number): number =>
  Math.max(0, Math.min(tileWidth, Math.floor(size / tileWidth ** level) - index * tileWidth));

/**
 * The tiles that a log has to write when its tree grows: all that gained a hash, full ones and, at the right, partial
 * ones, by level and index. A partial tile that the growth did not touch is there already.
 */
export function tilesOfGrowth(oldSize: number, newSize: number): Tile[] {
  const tiles: Tile[] = [];
  for (let level = 0; tileWidth ** level <= newSize; level++) {
    const before = Math.floor(oldSize / tileWidth ** level);
    const after = Math.floor(newSize / tileWidth ** level);
    for (let index = Math.floor(before / tileWidth); before < after && index * tileWidth < after; index++) {
      tiles.push({ level, index, width: widthIn(newSize, level, index) });
    }
  }
  return tiles;
}

/**
 * The hashes of a tile, as it was served.
 * @throws TlogRefused tile.length
 */
export function readTileHashes(bytes: Uint8Array, width: number): Uint8Array[] {
  if (bytes.length !== width * hashBytes) {
    throw new TlogRefused('tile.length', `${bytes.length} bytes for ${width} hashes`);
  }
  return Array.from({ length: width }, (_, at) => bytes.subarray(at * hashBytes, (at + 1) * hashBytes));
}
