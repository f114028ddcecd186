// Writes a log as it was: the entries that are not there or are others, the tiles over all of them, where it ends, how far
// it is published, and the checkpoint. All of the logs in one transaction: a crash before its commit leaves the database
// as it was, and after it the logs are whole.

import { emptyEdge, encodeRightEdge } from '@unbroken/tlog';
import type { RightEdge } from '@unbroken/tlog';
import type { EntityManager } from 'typeorm';
import { extendTiles, grownBy } from '../append/grow-tree.js';
import { rowsBetween } from '../audit/audited-row.js';
import type { LogName } from '../logs.js';
import { rfc3339 } from '../rfc3339.js';
import { insert, removeAt, removeBeyond } from './entry-rows.js';
import type { FoundEntries } from './found-entries.js';
import { isAsWanted, wantedOf } from './wanted.js';
import type { Wanted } from './wanted.js';

const AT_ONCE = 5_000;

export interface Refill {
  readonly log: LogName;
  readonly order: readonly string[];
  readonly size: number;
  /** Entries, and the messages they went out in. */
  readonly published: number;
  readonly messages: number;
  /** The last one that was signed, as it lies outside the database; undefined where nothing was. */
  readonly signed: { readonly note: string; readonly size: number } | undefined;
  readonly now: number;
  /** The log has ended: what was lost of it may be recorded in the one that goes on by now. */
  readonly hasEnded?: true;
  /** It has ended and entries of it are lost: what is left is put in its place. */
  readonly leaves?: Leaving;
}

interface Leaving {
  /** The tiles in the database lead to the signed root: what is left can be shown yet. */
  readonly tilesHold: boolean;
}

/** Answers of each how many entries were written. */
export async function refill(
  manager: EntityManager,
  found: FoundEntries,
  logs: readonly Refill[],
): Promise<readonly number[]> {
  for (const what of logs) await removeWrong(manager, found, what);
  const written: number[] = [];
  for (const what of logs)
    written.push(
      what.leaves === undefined ? await putIn(manager, found, what) : await leave(manager, found, what, what.leaves),
    );
  return written;
}

async function removeWrong(manager: EntityManager, found: FoundEntries, what: Refill): Promise<void> {
  const { log, size } = what;
  // All that is wrong goes first, of every log: an entry may stand where another belongs, and a token id is there once.
  await forEachWindow(what, async (window) => {
    const wanted = await wantedIn(manager, found, what, window);
    const rows = await rowsBetween(manager, log, window);
    const isRight = isAsWanted(wanted, rows);
    await removeAt(manager, log, [...new Set(rows.filter((row) => !isRight(row)).map(({ index }) => Number(index)))]);
  });
  await removeBeyond(manager, log, size);
}

/** Whole: rows, tiles and end, as they were signed. */
async function putIn(manager: EntityManager, found: FoundEntries, what: Refill): Promise<number> {
  const { log, size } = what;
  await manager.query('DELETE FROM tiles WHERE log = $1', [log]);
  let edge: RightEdge = emptyEdge;
  let written = 0;
  let lastRecordedAt = 0;
  await forEachWindow(what, async (window) => {
    const wanted = await wantedIn(manager, found, what, window);
    const there = new Set((await rowsBetween(manager, log, window)).map(({ index }) => Number(index)));
    const missing = wanted.filter(({ index }) => !there.has(index));
    const inserted = await insert(manager, log, missing);
    if (inserted < missing.length && what.hasEnded === undefined)
      throw new Error(`${log} and another log hold the same token: look with \`unbroken audit\``);
    written += inserted;
    const grown = grownBy(edge, wanted);
    await extendTiles(manager, log, grown.tiles);
    edge = grown.edge;
    lastRecordedAt = wanted.at(-1)?.recordedAt ?? lastRecordedAt;
  });
  await manager.query('UPDATE logs SET size = $2, last_recorded_at = $3, edge = $4 WHERE name = $1', [
    log,
    size,
    rfc3339(lastRecordedAt),
    Buffer.from(encodeRightEdge(edge)),
  ]);
  await keepRest(manager, what);
  return written;
}

/** With holes: nobody writes it any more, so that its end is the one it has signed, and no tree is made over it. */
async function leave(
  manager: EntityManager,
  found: FoundEntries,
  what: Refill,
  { tilesHold }: Leaving,
): Promise<number> {
  const { log, size } = what;
  // Hashes that lead to nothing would be taken for what was signed.
  if (!tilesHold) await manager.query('DELETE FROM tiles WHERE log = $1', [log]);
  let written = 0;
  await forEachWindow(what, async (window) => {
    const there = new Set((await rowsBetween(manager, log, window)).map(({ index }) => Number(index)));
    const wanted = await wantedIn(manager, found, what, window);
    written += await insert(
      manager,
      log,
      wanted.filter(({ index }) => !there.has(index)),
    );
  });
  await manager.query('UPDATE logs SET size = $2 WHERE name = $1', [log, size]);
  await keepRest(manager, what);
  return written;
}

async function keepRest(manager: EntityManager, what: Refill): Promise<void> {
  await manager.query('UPDATE publications SET published = $2, messages = $3 WHERE log = $1', [
    what.log,
    what.published,
    what.messages,
  ]);
  await keepCheckpoint(manager, what);
}

async function forEachWindow(
  { size }: Refill,
  work: (window: { readonly from: number; readonly to: number }) => Promise<void>,
): Promise<void> {
  for (let from = 0; from < size; from += AT_ONCE) await work({ from, to: Math.min(size, from + AT_ONCE) });
}

const wantedIn = async (
  manager: EntityManager,
  found: FoundEntries,
  { log, order }: Refill,
  window: { readonly from: number; readonly to: number },
): Promise<Wanted[]> => (await found.between(log, window, order, manager)).map((entry) => wantedOf(log, entry));

/** What lies outside is shown to readers again; what the database had was older, or not signed. */
async function keepCheckpoint(manager: EntityManager, { log, signed, now }: Refill): Promise<void> {
  if (signed === undefined) return;
  await manager.query(
    `INSERT INTO checkpoints (log, size, note, signed_at) VALUES ($1, $2, $3, $4)
     ON CONFLICT (log) DO UPDATE SET size = excluded.size, note = excluded.note, signed_at = excluded.signed_at`,
    [log, signed.size, signed.note, rfc3339(now)],
  );
}
