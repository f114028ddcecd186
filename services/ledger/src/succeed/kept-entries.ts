// What is left of a log that has ended, in one hash: so that whoever changes it afterwards is found out, though the root
// that the log had signed can be led to by nothing any more.

import { emptyEdge, grow, leafHash, rootOf } from '@unbroken/tlog';
import { nodeSha256 } from '@unbroken/tlog/node';
import type { EntityManager } from 'typeorm';
import { bytesOf, rowsBetween } from '../audit/audited-row.js';
import type { CustodyLog } from '../logs.js';

const AT_ONCE = 5_000;

export interface Kept {
  readonly count: number;
  /** Base64, as the statement of the succession has it (docs/protocol, section 6). */
  readonly root: string;
}

interface Window {
  readonly from: number;
  /** Not included. */
  readonly to: number;
}

/** Of the rows below `size`. */
export const keptEntries = (manager: EntityManager, log: CustodyLog, size: number): Promise<Kept> =>
  keptOf(size, async (window) =>
    (await rowsBetween(manager, log, window)).map((row) => ({
      index: Number(row.index),
      bytes: bytesOf(row) ?? Buffer.alloc(0),
    })),
  );

/** Of entries below `size`, read in windows: one for each index, or none, in their order. */
export async function keptOf(
  size: number,
  read: (window: Window) => Promise<readonly { readonly index: number; readonly bytes: Buffer }[]>,
): Promise<Kept> {
  let edge = emptyEdge;
  for (let from = 0; from < size; from += AT_ONCE) {
    const entries = await read({ from, to: Math.min(size, from + AT_ONCE) });
    const leaves = entries.map(({ index, bytes }) =>
      leafHash(Buffer.concat([Buffer.from(`${index}\n`), bytes]), nodeSha256),
    );
    edge = grow(edge, leaves, nodeSha256).edge;
  }
  return { count: edge.size, root: Buffer.from(rootOf(edge, nodeSha256)).toString('base64') };
}

/** Indices below `size` that have no row, as ranges: from, and up to and including. */
export async function lostEntries(
  manager: EntityManager,
  log: CustodyLog,
  size: number,
): Promise<readonly (readonly [number, number])[]> {
  const rows = await manager.query<{ from: string; to: string }[]>(
    `SELECT before + 1 AS from, index - 1 AS to FROM (
       SELECT index, lag(index, 1, -1::bigint) OVER (ORDER BY index) AS before FROM (
         SELECT index FROM entries WHERE log = $1 AND index >= 0 AND index < $2 UNION SELECT $2::bigint
       ) AS there
     ) AS steps WHERE index > before + 1 ORDER BY 1`,
    [log, size],
  );
  return rows.map(({ from, to }) => [Number(from), Number(to)] as const);
}

/** At most twenty of them. */
export function toldRanges(ranges: readonly (readonly [number, number])[]): string {
  const shown = ranges.slice(0, 20).map(([from, to]) => (from === to ? `${from}` : `${from} to ${to}`));
  return `${shown.join(', ')}${ranges.length > shown.length ? ' and others' : ''}`;
}
