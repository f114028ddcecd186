// Any node of a tree from its tiles (https://c2sp.org/tlog-tiles): the levels between those that tiles hold are hashed
// again. What is read proves nothing by itself: whoever does not trust the source verifies the proof made from it.
import { joinHashes, type ReadNodes, type TreeNode } from '../merkle/subtrees.js';
import { TlogRefused } from '../refused.js';
import { sha256, type Sha256 } from '../sha256.js';
import { readTileHashes, tileHeight, tileWidth, widthIn, type Tile } from './tile.js';

/**
 * Answers the tile's bytes, 32 · width of them. A log may have removed a partial tile once the full one is there: then
 * the beginning of the full one is the answer. Rejects when there is neither.
 */
export type ReadTile = (level: number, index: number, width: number) => Promise<Uint8Array>;

/** The rows of a tile, from its hashes up: row r holds its perfect subtrees of 2^r hashes. */
type Rows = readonly (readonly Uint8Array[])[];

/**
 * A reader of the nodes of a tree of this size. It keeps every tile it has read: make one for what belongs together,
 * such as the proofs under one checkpoint, and let it go.
 * @throws TlogRefused (when reading) tile.length; tree.nodes for a node that is not complete in this tree
 */
export function nodesFromTiles(readTile: ReadTile, size: number, hash: Sha256 = sha256): ReadNodes {
  const kept = new Map<string, Promise<Rows>>();

  function rowsOf({ level, index, width }: Tile): Promise<Rows> {
    const name = `${level}/${index}/${width}`;
    const known = kept.get(name);
    if (known) return known;
    const reading = readTile(level, index, width).then((bytes) => hashRows(readTileHashes(bytes, width), hash));
    kept.set(name, reading);
    // A tile that could not be read this time is asked for again the next.
    reading.catch(() => kept.delete(name));
    return reading;
  }

  return async (nodes) => {
    const places = nodes.map((node) => placeOf(node, size));
    const rows = await Promise.all(places.map(({ tile }) => rowsOf(tile)));
    return places.map(({ row, at }, which) => {
      const found = rows[which]?.[row]?.[at];
      if (found) return found;
      throw new TlogRefused('tree.nodes', `a node asked for is not complete in a tree of ${size} leaves`);
    });
  };
}

/** The tile a node is in, the row in it, and its place in that row. */
function placeOf({ level, index }: TreeNode, size: number): { tile: Tile; row: number; at: number } {
  const tileLevel = Math.floor(level / tileHeight);
  const row = level % tileHeight;
  const nodesInRow = tileWidth / 2 ** row;
  const tileIndex = Math.floor(index / nodesInRow);
  const width = widthIn(size, tileLevel, tileIndex);
  if (width === 0) throw new TlogRefused('tree.nodes', `a tree of ${size} leaves has no node ${index} at ${level}`);
  return { tile: { level: tileLevel, index: tileIndex, width }, row, at: index % nodesInRow };
}

function hashRows(hashes: readonly Uint8Array[], hash: Sha256): Rows {
  const rows = [hashes];
  for (let row = hashes; row.length > 1; rows.push(row)) row = parentsOf(row, hash);
  return rows;
}

const parentsOf = (row: readonly Uint8Array[], hash: Sha256): Uint8Array[] =>
  Array.from({ length: Math.floor(row.length / 2) }, (_, at) => joinHashes(row.slice(2 * at, 2 * at + 2), hash));
