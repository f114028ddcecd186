// The tree of a log as its tables hold it.

import { nodesFromTiles, widthIn } from '@unbroken/tlog';
import type { ReadNodes, ReadTile } from '@unbroken/tlog';
import { nodeSha256 } from '@unbroken/tlog/node';
import type { DataSource } from 'typeorm';
import type { LogName } from '../logs.js';

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

/** The nodes of the tree of the log's first `size` entries. For what belongs together: it keeps what it has read. */
export function storedNodes(dataSource: DataSource, log: LogName, size: number): ReadNodes {
  const read: ReadTile = async (level, index, width) => {
    const tile = await readTile(dataSource, log, { level, index, width });
    if (tile !== undefined) return tile;
    throw new Error(
      `tile ${level}/${index} of ${log} has not the ${widthIn(size, level, index)} hashes it should have`,
    );
  };
  return nodesFromTiles(read, size, nodeSha256);
}
