// The tiles as they are stored, held against those that a tree over the entries has.

import { tileWidth } from '@unbroken/tlog';
import type { TileExtension } from '@unbroken/tlog';
import type { EntityManager } from 'typeorm';
import type { LogName } from '../logs.js';

const HASH_BYTES = 32;

/** One hash of one tile. */
export interface TilePlace {
  readonly level: number;
  readonly index: number;
  /** From 0 to 255. */
  readonly position: number;
}

export interface TileDifference extends TilePlace {
  /** Undefined where the tile ends before it, or is not there. */
  readonly stored: Buffer | undefined;
  readonly wanted: Buffer;
}

/** Hashes of the leaves from `from` up to, not including, `to`, as the tiles of level 0 hold them. */
export async function storedLeaves(
  manager: EntityManager,
  log: LogName,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<(Buffer | undefined)[]> {
  const tiles = await tilesOf(manager, log, 0, Math.floor(from / tileWidth), Math.floor((to - 1) / tileWidth));
  return Array.from({ length: to - from }, (_, at) => {
    const index = from + at;
    return hashIn(tiles.get(Math.floor(index / tileWidth)), index % tileWidth);
  });
}

/** Where the stored tiles above level 0 differ from what a growth of the tree added to them. */
export async function differencesAbove(
  manager: EntityManager,
  log: LogName,
  grown: readonly TileExtension[],
): Promise<TileDifference[]> {
  const differences: TileDifference[] = [];
  for (const { level, index, from, hashes } of grown) {
    if (level === 0) continue;
    const stored = (await tilesOf(manager, log, level, index, index)).get(index);
    const wanted = Buffer.from(hashes);
    if (stored?.subarray(from * HASH_BYTES, from * HASH_BYTES + wanted.length).equals(wanted) === true) continue;
    for (let at = 0; at < wanted.length / HASH_BYTES; at += 1) {
      const hash = hashIn(stored, from + at);
      const should = wanted.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES);
      if (hash?.equals(should) !== true)
        differences.push({ level, index, position: from + at, stored: hash, wanted: should });
    }
  }
  return differences;
}

/** Tiles that hold more than a tree of this size has, or are none of its tiles. */
export async function tilesBeyond(
  manager: EntityManager,
  log: LogName,
  size: number,
): Promise<readonly { readonly level: number; readonly index: number; readonly hashes: number }[]> {
  const rows = await manager.query<{ level: number; index: string; bytes: number }[]>(
    `SELECT level, index, octet_length(hashes) AS bytes FROM tiles
     WHERE log = $1 AND (level < 0 OR index < 0 OR octet_length(hashes) >
       ${HASH_BYTES} * greatest(0, least(${tileWidth}, floor($2::numeric / power(${tileWidth}::numeric, level)) - index * ${tileWidth})))
     ORDER BY level, index LIMIT 100`,
    [log, size],
  );
  return rows.map(({ level, index, bytes }) => ({ level, index: Number(index), hashes: bytes / HASH_BYTES }));
}

async function tilesOf(
  manager: EntityManager,
  log: LogName,
  level: number,
  first: number,
  last: number,
): Promise<ReadonlyMap<number, Buffer>> {
  const rows = await manager.query<{ index: string; hashes: Buffer }[]>(
    'SELECT index, hashes FROM tiles WHERE log = $1 AND level = $2 AND index BETWEEN $3 AND $4',
    [log, level, first, last],
  );
  return new Map(rows.map(({ index, hashes }) => [Number(index), hashes]));
}

function hashIn(tile: Buffer | undefined, position: number): Buffer | undefined {
  const hash = tile?.subarray(position * HASH_BYTES, (position + 1) * HASH_BYTES);
  return hash?.length === HASH_BYTES ? hash : undefined;
}
