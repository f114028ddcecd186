// Which of two was changed. An entry and its hash in the tiles differ, or somebody else holds another entry: the root that
// was signed tells which of them it was made of. Where nothing leads to that root both are named, and nobody accused.

import { emptyEdge, grow, rootOf, sameHash, tileWidth } from '@unbroken/tlog';
import type { RightEdge } from '@unbroken/tlog';
import { nodeSha256 } from '@unbroken/tlog/node';
import type { EntityManager } from 'typeorm';
import type { LogName } from '../logs.js';
import type { SignedHead } from './signed-heads.js';
import { storedLeaves } from './tile-rows.js';
import type { Difference, Walked } from './walk-log.js';
import type { Testimony } from './witness.js';

/** What the signed root was made of. */
export type Basis = 'tiles' | 'entries' | 'testimony' | 'unknown';

export interface Truth {
  readonly basis: Basis;
  /** The signed head that says so; undefined where nothing was signed that covers anything. */
  readonly head: SignedHead | undefined;
  /** The hash that belongs at an index where things differ; undefined where nobody can tell. */
  readonly leafAt: (index: number) => Buffer | undefined;
}

export async function truthOf(
  manager: EntityManager,
  log: LogName,
  { walked, heads, testimonies }: { walked: Walked; heads: readonly SignedHead[]; testimonies: readonly Testimony[] },
): Promise<Truth> {
  const within = heads.filter(({ checkpoint }) => checkpoint.size <= walked.size);
  const head = within.toSorted((a, b) => b.checkpoint.size - a.checkpoint.size)[0];
  const byIndex = new Map(walked.differences.map((difference) => [difference.index, difference]));
  const heard = new Map<number, Testimony>();
  for (const one of testimonies) if (!heard.has(one.index)) heard.set(one.index, one);
  // As in the walk: where one of the two is not there, the other stands in for it.
  const tileAt = (index: number) => pick(index, ({ tile, entry }) => tile ?? entry);
  const entryAt = (index: number) => pick(index, ({ tile, entry }) => entry ?? tile);
  function pick(index: number, of: (difference: Difference) => Buffer | undefined): Buffer | undefined {
    const difference = byIndex.get(index);
    return difference === undefined ? AGREED : of(difference);
  }
  if (head === undefined) {
    const leafAt = (index: number) => (byIndex.has(index) ? undefined : AGREED);
    return { basis: walked.differences.length === 0 ? 'tiles' : 'unknown', head, leafAt };
  }
  const { size, root } = head.checkpoint;
  const leads = (roots: ReadonlyMap<number, Uint8Array>) => sameHash(roots.get(size) ?? new Uint8Array(), root);
  if (leads(walked.tileRoots)) return { basis: 'tiles', head, leafAt: tileAt };
  if (leads(walked.entryRoots)) return { basis: 'entries', head, leafAt: entryAt };
  const overrides = new Map([...heard].map(([index, { hash }]) => [index, hash]));
  if (overrides.size > 0 && sameHash(await rootWith(manager, log, size, overrides), root))
    return { basis: 'testimony', head, leafAt: (index) => overrides.get(index) ?? tileAt(index) };
  return { basis: 'unknown', head, leafAt: () => undefined };
}

/** Stands for "what entry and tile both say". */
export const AGREED = Buffer.alloc(0);

/** The root over the leaves as the tiles hold them, but for those that are given. */
async function rootWith(
  manager: EntityManager,
  log: LogName,
  size: number,
  overrides: ReadonlyMap<number, Buffer>,
): Promise<Uint8Array> {
  let edge: RightEdge = emptyEdge;
  const step = 20 * tileWidth;
  for (let from = 0; from < size; from += step) {
    const to = Math.min(size, from + step);
    const leaves = await storedLeaves(manager, log, { from, to });
    const wanted = leaves.map((leaf, at) => overrides.get(from + at) ?? leaf ?? Buffer.alloc(32));
    edge = grow(edge, wanted, nodeSha256).edge;
  }
  return rootOf(edge, nodeSha256);
}
