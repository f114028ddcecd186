// The tree of a log as its table says, brought up to its entries: those that were recorded before there was a tree.

import { decodeRightEdge, encodeRightEdge } from '@unbroken/tlog';
import type { RightEdge } from '@unbroken/tlog';
import type { EntityManager } from 'typeorm';
import type { LogName } from '../logs.js';
import { entryBytes } from '../publish/entry-message.js';
import { entriesFrom } from '../stored-entries.js';
import { extendTiles, grownBy } from './grow-tree.js';

const AT_ONCE = 5_000;

/** `size`: entries in the log. Each step is a transaction of its own: after a crash the next start goes on from there. */
export async function completeTree(
  manager: EntityManager,
  { log, size, edge: bytes }: { readonly log: LogName; readonly size: number; readonly edge: Uint8Array },
): Promise<RightEdge> {
  let edge = decodeRightEdge(bytes);
  while (edge.size < size) {
    const from = edge;
    edge = await manager.transaction((transaction) => growSome(transaction, log, from));
  }
  if (edge.size > size) throw new Error(`the tree of ${log} is of ${edge.size} entries, the log has ${size}`);
  return edge;
}

async function growSome(manager: EntityManager, log: LogName, from: RightEdge): Promise<RightEdge> {
  const rows = await entriesFrom(manager, log, { from: from.size, count: AT_ONCE });
  if (rows.length === 0) throw new Error(`${log} has no entry ${from.size}, though it says it has more`);
  const { edge, tiles } = grownBy(
    from,
    rows.map((row) => ({ bytes: entryBytes(row) })),
  );
  await extendTiles(manager, log, tiles);
  await manager.query('UPDATE logs SET edge = $2 WHERE name = $1', [log, Buffer.from(encodeRightEdge(edge))]);
  return edge;
}
