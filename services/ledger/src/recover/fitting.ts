// Which of what was found leads to the root that was signed: the sources in one order of belief after another.

import { emptyEdge, grow, leafHash, rootOf } from '@unbroken/tlog';
import type { Checkpoint, RightEdge } from '@unbroken/tlog';
import { nodeSha256 } from '@unbroken/tlog/node';
import type { LogName } from '../logs.js';
import type { FoundEntries } from './found-entries.js';

const AT_ONCE = 5_000;

/** The order in which the roots of all these checkpoints come out; undefined where none does. */
export async function fittingOrder(
  found: FoundEntries,
  log: LogName,
  sources: readonly string[],
  checkpoints: readonly Pick<Checkpoint, 'size' | 'root'>[],
): Promise<readonly string[] | undefined> {
  const disputed = await found.disputed(log);
  const orders = sources.map((first) => [first, ...sources.filter((one) => one !== first)]);
  for (const order of disputed.length === 0 ? orders.slice(0, 1) : orders) {
    const roots = await rootsOf(
      found,
      log,
      order,
      checkpoints.map(({ size }) => size),
    );
    if (checkpoints.every(({ size, root }) => Buffer.from(root).equals(roots.get(size) ?? new Uint8Array())))
      return order;
  }
  return undefined;
}

async function rootsOf(
  found: FoundEntries,
  log: LogName,
  order: readonly string[],
  sizes: readonly number[],
): Promise<ReadonlyMap<number, Uint8Array>> {
  const ends = [...new Set(sizes)].sort((a, b) => a - b);
  const roots = new Map<number, Uint8Array>();
  let edge: RightEdge = emptyEdge;
  for (const end of ends) {
    while (edge.size < end) {
      const entries = await found.between(log, { from: edge.size, to: Math.min(end, edge.size + AT_ONCE) }, order);
      if (entries.length === 0) return roots;
      edge = grow(
        edge,
        entries.map(({ bytes }) => leafHash(bytes, nodeSha256)),
        nodeSha256,
      ).edge;
    }
    roots.set(end, rootOf(edge, nodeSha256));
  }
  return roots;
}
