// Timestamps of checkpoints, in the ledger's database. One that is lost there is evidence lost and nothing worse: the next
// one covers all that is older.

import type { DataSource } from 'typeorm';
import type { LogName } from '../logs.js';

export interface StoredTimestamp {
  /** The signed checkpoint, as it was stamped. */
  readonly note: string;
  /** DER. */
  readonly token: Buffer;
  readonly size: number;
}

/** Which checkpoint an authority stamped last, and when, milliseconds since 1970. */
export async function lastTimestamp(
  dataSource: DataSource,
  log: LogName,
  authority: string,
): Promise<{ readonly size: number; readonly takenAt: number } | undefined> {
  const [row] = await dataSource.query<{ size: string; taken_at: Date }[]>(
    'SELECT size, taken_at FROM timestamps WHERE log = $1 AND authority = $2 ORDER BY size DESC LIMIT 1',
    [log, authority],
  );
  return row && { size: Number(row.size), takenAt: row.taken_at.getTime() };
}

/** A crash before: the checkpoint is stamped again. After: nothing more is to do. */
export async function storeTimestamp(
  dataSource: DataSource,
  of: { readonly log: LogName; readonly authority: string; readonly takenAt: number } & StoredTimestamp,
): Promise<void> {
  await dataSource.query(
    `INSERT INTO timestamps (log, authority, size, note, token, taken_at) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT DO NOTHING`,
    [of.log, of.authority, of.size, of.note, of.token, new Date(of.takenAt)],
  );
}

/**
 * Of each authority the earliest timestamp that covers each of these entries, among checkpoints of at most `size`: what
 * says of every entry as early as can be said that it existed.
 */
export async function timestampsOf(
  dataSource: DataSource,
  log: LogName,
  { indices, size }: { readonly indices: readonly number[]; readonly size: number },
): Promise<StoredTimestamp[]> {
  const rows = await dataSource.query<{ note: string; token: Buffer; size: string }[]>(
    `SELECT DISTINCT stamp.size, stamp.note, stamp.token, stamp.authority
     FROM (SELECT DISTINCT authority FROM timestamps WHERE log = $1) AS known
     CROSS JOIN unnest($2::bigint[]) AS entry (index)
     CROSS JOIN LATERAL (
       SELECT * FROM timestamps
       WHERE log = $1 AND authority = known.authority AND size > entry.index AND size <= $3
       ORDER BY size LIMIT 1
     ) AS stamp
     ORDER BY stamp.size, stamp.authority`,
    [log, indices, size],
  );
  return rows.map(({ note, token, size: stamped }) => ({ note, token, size: Number(stamped) }));
}
