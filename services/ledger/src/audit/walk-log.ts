// One walk through a log from its first row: every entry hashed again, the tree grown again over the entries as they are
// and over the leaves as the tiles hold them, and the roots of both at each size that was signed. Which of the two was
// changed only a signed root can tell (truth.ts). Memory: one window of rows, and what differs.

import { emptyEdge, grow, leafHash, rootOf, tileWidth } from '@unbroken/tlog';
import type { RightEdge } from '@unbroken/tlog';
import { nodeSha256 } from '@unbroken/tlog/node';
import type { EntityManager } from 'typeorm';
import type { LogName } from '../logs.js';
import { bytesOf, rowsBetween } from './audited-row.js';
import type { AuditedRow } from './audited-row.js';
import { MOST_NAMED } from './fault.js';
import { differencesAbove, storedLeaves } from './tile-rows.js';
import type { TileDifference } from './tile-rows.js';

/** A whole number of tiles. */
const AT_ONCE = 20 * tileWidth;

/** A place where the entry and the leaf of the tile are not the same, or one of them is not there. */
export interface Difference {
  readonly index: number;
  readonly row: AuditedRow | undefined;
  /** Hash of the entry in the row. */
  readonly entry: Buffer | undefined;
  /** Hash in the tile. */
  readonly tile: Buffer | undefined;
}

export interface Walked {
  readonly size: number;
  readonly differences: readonly Difference[];
  /** Those that were not kept, too. */
  readonly different: number;
  /** Rows that have the index of another. */
  readonly again: readonly AuditedRow[];
  /** At each size that was asked for. */
  readonly entryRoots: ReadonlyMap<number, Uint8Array>;
  readonly tileRoots: ReadonlyMap<number, Uint8Array>;
  readonly entryEdge: RightEdge;
  readonly tileEdge: RightEdge;
  /** Of the tiles above level 0, against the tree over the entries and over the tiles of level 0. */
  readonly aboveEntries: readonly TileDifference[];
  readonly aboveTiles: readonly TileDifference[];
  /** When the newest entry was recorded; milliseconds since the epoch. */
  readonly lastRecordedAt: number | undefined;
}

export interface WalkOptions {
  readonly log: LogName;
  readonly size: number;
  /** Sizes whose roots are wanted. */
  readonly cuts: readonly number[];
  /** Called with the rows in their order; those at `different` are not what the tiles say. */
  readonly each: (rows: readonly AuditedRow[], different: ReadonlySet<number>) => Promise<void>;
}

export async function walkLog(manager: EntityManager, { log, size, cuts, each }: WalkOptions): Promise<Walked> {
  const differences: Difference[] = [];
  const again: AuditedRow[] = [];
  const aboveEntries: TileDifference[] = [];
  const aboveTiles: TileDifference[] = [];
  const entryRoots = new Map<number, Uint8Array>();
  const tileRoots = new Map<number, Uint8Array>();
  let different = 0;
  let entryEdge: RightEdge = emptyEdge;
  let tileEdge: RightEdge = emptyEdge;
  let lastRecordedAt: number | undefined;
  const ends = [...new Set([...cuts, size])].filter((cut) => cut <= size).sort((a, b) => a - b);
  const note = (end: number): void => {
    entryRoots.set(end, rootOf(entryEdge, nodeSha256));
    tileRoots.set(end, rootOf(tileEdge, nodeSha256));
  };
  for (let from = 0; from < size;) {
    const to = Math.min(from + AT_ONCE, ends.find((end) => end > from) ?? size);
    const rows = await rowsBetween(manager, log, { from, to });
    const tiles = await storedLeaves(manager, log, { from, to });
    const found = byIndex(rows, again);
    const wrong = new Set<number>();
    const ofEntries: Buffer[] = [];
    const ofTiles: Buffer[] = [];
    for (let index = from; index < to; index += 1) {
      const row = found.get(index);
      const bytes = row && bytesOf(row);
      const entry = bytes && Buffer.from(leafHash(bytes, nodeSha256));
      const tile = tiles[index - from];
      if (row !== undefined) lastRecordedAt = row.recorded_at.getTime();
      if (entry === undefined || tile?.equals(entry) !== true) {
        wrong.add(index);
        different += 1;
        if (differences.length < MOST_NAMED) differences.push({ index, row, entry, tile });
      }
      // Where one is not there the other stands in for it: what was signed tells whether it is right.
      ofEntries.push(entry ?? tile ?? NOTHING);
      ofTiles.push(tile ?? entry ?? NOTHING);
    }
    const isOne = wrong.size === 0 && entryEdge === tileEdge;
    const grown = grow(entryEdge, ofEntries, nodeSha256);
    const grownTiles = isOne ? grown : grow(tileEdge, ofTiles, nodeSha256);
    const above = await differencesAbove(manager, log, grown.tiles);
    keep(aboveEntries, above);
    keep(aboveTiles, isOne ? above : await differencesAbove(manager, log, grownTiles.tiles));
    entryEdge = grown.edge;
    tileEdge = grownTiles.edge;
    await each(rows, wrong);
    from = to;
    if (ends.includes(to)) note(to);
  }
  if (size === 0) note(0);
  const edges = { entryEdge, tileEdge, entryRoots, tileRoots, aboveEntries, aboveTiles };
  return { size, differences, different, again, lastRecordedAt, ...edges };
}

const NOTHING = Buffer.alloc(32);

function byIndex(rows: readonly AuditedRow[], again: AuditedRow[]): ReadonlyMap<number, AuditedRow> {
  const found = new Map<number, AuditedRow>();
  for (const row of rows) {
    const index = Number(row.index);
    if (!found.has(index)) found.set(index, row);
    else if (again.length < MOST_NAMED) again.push(row);
  }
  return found;
}

function keep(kept: TileDifference[], more: readonly TileDifference[]): void {
  kept.push(...more.slice(0, MOST_NAMED - kept.length));
}
