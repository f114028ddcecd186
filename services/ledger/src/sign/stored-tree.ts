// The tree of a log as its tables hold it.

import { leafHash, nodesFromTiles, sameHash, tileWidth, widthIn } from '@unbroken/tlog';
import type { ReadNodes, ReadTile } from '@unbroken/tlog';
import { nodeSha256 } from '@unbroken/tlog/node';
import type { DataSource } from 'typeorm';
import type { LogName } from '../logs.js';
import { entryBytes } from '../publish/entry-message.js';
import { entriesFrom } from '../stored-entries.js';
import { LogRewritten } from './log-rewritten.js';

const HASH_BYTES = 32;

/** The first `width` hashes of a tile; undefined where there are not as many. */
export async function readTile(
  dataSource: DataSource,
  log: LogName,
  { level, index, width }: { readonly level: number; readonly index: number; readonly width: number },
): Promise<Buffer | undefined> {
  const [row] = await dataSource.query<{ hashes: Buffer }[]>(
    `SELECT substring(hashes FOR $4::int) AS hashes FROM tiles
     WHERE log = $1 AND level = $2 AND index = $3 AND octet_length(hashes) >= $4::int`,
    [log, level, index, width * HASH_BYTES],
  );
  return row?.hashes;
}

/** The tables do not hold a part of the tree. */
export class TileLacks extends Error {
  override readonly name = 'TileLacks';
}

/** The nodes of the tree of the log's first `size` entries. For what belongs together: it keeps what it has read. */
export function storedNodes(dataSource: DataSource, log: LogName, size: number): ReadNodes {
  const read: ReadTile = async (level, index, width) => {
    const tile = await readTile(dataSource, log, { level, index, width });
    if (tile !== undefined) return tile;
    throw new TileLacks(
      `tile ${level}/${index} of ${log} has not the ${widthIn(size, level, index)} hashes it should have`,
    );
  };
  return nodesFromTiles(read, size, nodeSha256);
}

/**
 * The entries that a tile of level 0 hashes, as many as `width`.
 * @throws LogRewritten when one is missing or is not what was hashed
 */
export async function hashedEntries(
  dataSource: DataSource,
  log: LogName,
  { index, width }: { readonly index: number; readonly width: number },
): Promise<Buffer[]> {
  const tile = await readTile(dataSource, log, { level: 0, index, width });
  const entries = (await entriesFrom(dataSource, log, { from: index * tileWidth, count: width })).map(entryBytes);
  const hashes = entries.map((entry) => leafHash(entry, nodeSha256));
  const holds = hashes.every(
    (hash, at) => tile && sameHash(hash, tile.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES)),
  );
  if (entries.length === width && holds) return entries;
  throw new LogRewritten(
    `entries of ${log} from ${index * tileWidth} on are missing or changed. Put a sound database back`,
  );
}

/** That the log has no entry beyond its size, and that its newest are those that were hashed. @throws LogRewritten */
export async function checkNewest(dataSource: DataSource, log: LogName, size: number): Promise<void> {
  const [row] = await dataSource.query<{ entries: string }[]>(
    'SELECT coalesce(max(index) + 1, 0) AS entries FROM entries WHERE log = $1',
    [log],
  );
  if (Number(row?.entries) !== size) {
    throw new LogRewritten(
      `the entries of ${log} end at ${row?.entries ?? '?'}, but its tree at ${size}. Put a sound database back`,
    );
  }
  if (size === 0) return;
  const index = Math.floor((size - 1) / tileWidth);
  await hashedEntries(dataSource, log, { index, width: widthIn(size, 0, index) });
}
