// Writes a log as it was: the entries that are not there or are others, the tiles over all of them, where it ends, how far
// it is published, and the checkpoint. All of both logs in one transaction: a crash before its commit leaves the database
// as it was, and after it the log is whole.

import { decodeEntry } from '@unbroken/contracts';
import { emptyEdge, encodeRightEdge } from '@unbroken/tlog';
import type { RightEdge } from '@unbroken/tlog';
import { parseTokenSync } from '@unbroken/tokens/node';
import type { EntityManager } from 'typeorm';
import { extendTiles, grownBy } from '../append/grow-tree.js';
import { bytesOf, rowsBetween } from '../audit/audited-row.js';
import type { AuditedRow } from '../audit/audited-row.js';
import type { LogName } from '../logs.js';
import { rfc3339 } from '../rfc3339.js';
import type { FoundEntries, FoundEntry } from './found-entries.js';
import { unreadable } from './recover-refused.js';

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
}

interface Wanted extends FoundEntry {
  readonly tid: string;
  readonly kid: string;
  readonly sub: string;
  readonly recordedAt: number;
  readonly registrySize: number;
  readonly token: string | null;
  readonly malformed: string | null;
}

/** Answers how many entries were written. */
export async function refill(manager: EntityManager, found: FoundEntries, what: Refill): Promise<number> {
  const { log, size } = what;
  // All that is wrong goes first: an entry may stand where another belongs, and a token id is there once.
  await forEachWindow(what, async (window) => {
    const wanted = await wantedIn(manager, found, what, window);
    const rows = await rowsBetween(manager, log, window);
    const isRight = isAsWanted(wanted, rows);
    await removeAt(manager, log, [...new Set(rows.filter((row) => !isRight(row)).map(({ index }) => Number(index)))]);
  });
  await removeBeyond(manager, log, size);
  await manager.query('DELETE FROM tiles WHERE log = $1', [log]);
  let edge: RightEdge = emptyEdge;
  let written = 0;
  let lastRecordedAt = 0;
  await forEachWindow(what, async (window) => {
    const wanted = await wantedIn(manager, found, what, window);
    const there = new Set((await rowsBetween(manager, log, window)).map(({ index }) => Number(index)));
    const missing = wanted.filter(({ index }) => !there.has(index));
    await insert(manager, log, missing);
    written += missing.length;
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
  await manager.query('UPDATE publications SET published = $2, messages = $3 WHERE log = $1', [
    log,
    what.published,
    what.messages,
  ]);
  await keepCheckpoint(manager, what);
  return written;
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

function wantedOf(log: LogName, entry: FoundEntry): Wanted {
  const read = decodeEntry(entry.bytes.toString('latin1'));
  const { recordedAt, registrySize } = read;
  if (read.kind === 'token') {
    const { tid, header, claims } = parseTokenSync(read.token);
    const said = { tid, kid: header.kid, sub: claims.sub, token: read.token, malformed: null };
    return { ...entry, recordedAt, registrySize, ...said };
  }
  if (entry.sub === null)
    throw unreadable(log, entry.index, 'it is malformed, and no source says whose chain it is in');
  const { tid, kid, reason } = read;
  return { ...entry, recordedAt, registrySize, tid, kid, sub: entry.sub, token: null, malformed: reason };
}

/** Only the topic knows what stands beside an entry; where nobody does, what the row says is kept. */
function isAsWanted(wanted: readonly Wanted[], rows: readonly AuditedRow[]): (row: AuditedRow) => boolean {
  const byIndex = new Map(wanted.map((one) => [one.index, one]));
  const count = new Map<string, number>();
  for (const { index } of rows) count.set(index, (count.get(index) ?? 0) + 1);
  return (row) => {
    const one = byIndex.get(Number(row.index));
    return (
      one !== undefined &&
      count.get(row.index) === 1 &&
      row.whole &&
      bytesOf(row)?.equals(one.bytes) === true &&
      row.tid === one.tid &&
      row.kid === one.kid &&
      row.sub === one.sub &&
      (row.received_at?.toISOString() ?? null) === one.receivedAt &&
      (row.device_clock?.toISOString() ?? null) === one.deviceClock
    );
  };
}

async function removeAt(manager: EntityManager, log: LogName, indices: readonly number[]): Promise<void> {
  if (indices.length === 0) return;
  const which = 'log = $1 AND index = ANY($2::bigint[])';
  await manager.query(`DELETE FROM malformed_tokens WHERE tid IN (SELECT tid FROM entries WHERE ${which})`, [
    log,
    indices,
  ]);
  await manager.query(`DELETE FROM entries WHERE ${which}`, [log, indices]);
}

async function removeBeyond(manager: EntityManager, log: LogName, size: number): Promise<void> {
  const which = 'log = $1 AND (index < 0 OR index >= $2)';
  await manager.query(`DELETE FROM malformed_tokens WHERE tid IN (SELECT tid FROM entries WHERE ${which})`, [
    log,
    size,
  ]);
  await manager.query(`DELETE FROM entries WHERE ${which}`, [log, size]);
}

async function insert(manager: EntityManager, log: LogName, entries: readonly Wanted[]): Promise<void> {
  if (entries.length === 0) return;
  await manager.query(
    `INSERT INTO entries (log, index, tid, kid, sub, recorded_at, registry_size, token, malformed, received_at, device_clock)
     SELECT $1, * FROM unnest($2::bigint[], $3::text[], $4::text[], $5::text[], $6::timestamptz[], $7::bigint[],
                              $8::text[], $9::text[], $10::timestamptz[], $11::timestamptz[])`,
    [
      log,
      entries.map(({ index }) => index),
      entries.map(({ tid }) => tid),
      entries.map(({ kid }) => kid),
      entries.map(({ sub }) => sub),
      entries.map(({ recordedAt }) => rfc3339(recordedAt)),
      entries.map(({ registrySize }) => registrySize),
      entries.map(({ token }) => token),
      entries.map(({ malformed }) => malformed),
      entries.map(({ receivedAt }) => receivedAt),
      entries.map(({ deviceClock }) => deviceClock),
    ],
  );
}

/** What lies outside is shown to readers again; what the database had was older, or not signed. */
async function keepCheckpoint(manager: EntityManager, { log, signed, now }: Refill): Promise<void> {
  if (signed === undefined) return;
  await manager.query(
    `INSERT INTO checkpoints (log, size, note, signed_at) VALUES ($1, $2, $3, $4)
     ON CONFLICT (log) DO UPDATE SET size = excluded.size, note = excluded.note, signed_at = excluded.signed_at`,
    [log, signed.size, signed.note, rfc3339(now)],
  );
}
