// The tree of a log grows with its entries, in the same transaction: hashes of tiles are only ever appended (RFC 6962,
// https://c2sp.org/tlog-tiles).

import { grow, leafHash } from '@unbroken/tlog';
import type { Growth, RightEdge, TileExtension } from '@unbroken/tlog';
import { nodeSha256 } from '@unbroken/tlog/node';
import type { EntityManager } from 'typeorm';
import type { LogName } from '../logs.js';
import { LogRewritten, rewrittenIfTaken } from '../sign/log-rewritten.js';

/** The tree with these entries appended, and what that adds to its tiles. Pure. */
export const grownBy = (edge: RightEdge, entries: readonly { readonly bytes: Uint8Array }[]): Growth =>
  grow(
    edge,
    entries.map(({ bytes }) => leafHash(bytes, nodeSha256)),
    nodeSha256,
  );

/** @throws LogRewritten when a tile does not hold what it should: then the database was changed by somebody else */
export async function extendTiles(
  manager: EntityManager,
  log: LogName,
  tiles: readonly TileExtension[],
): Promise<void> {
  const begun = tiles.filter(({ from }) => from === 0);
  if (begun.length > 0) {
    await manager
      .query(
        `INSERT INTO tiles (log, level, index, hashes)
         SELECT $1, * FROM unnest($2::smallint[], $3::bigint[], $4::bytea[])`,
        [log, ...columnsOf(begun)],
      )
      .catch((error: unknown) => rewrittenIfTaken(error, log));
  }
  const longer = tiles.filter(({ from }) => from > 0);
  if (longer.length === 0) return;
  const [, written] = await manager.query<[unknown, number]>(
    `UPDATE tiles SET hashes = tiles.hashes || more.hashes
     FROM unnest($2::smallint[], $3::bigint[], $4::bytea[], $5::int[]) AS more (level, index, hashes, bytes)
     WHERE tiles.log = $1 AND tiles.level = more.level AND tiles.index = more.index
       AND octet_length(tiles.hashes) = more.bytes`,
    [log, ...columnsOf(longer), longer.map(({ from }) => from * HASH_BYTES)],
  );
  if (written !== longer.length)
    throw new LogRewritten(`the tiles of ${log} do not hold what was written there. Put a sound database back`);
}

const HASH_BYTES = 32;

const columnsOf = (tiles: readonly TileExtension[]): unknown[] => [
  tiles.map(({ level }) => level),
  tiles.map(({ index }) => index),
  tiles.map(({ hashes }) => Buffer.from(hashes.buffer, hashes.byteOffset, hashes.byteLength)),
];
