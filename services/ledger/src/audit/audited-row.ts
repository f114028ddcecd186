// Rows as an audit reads them: what the writer wrote, and whether it could have written it so.

import type { EntityManager } from 'typeorm';
import type { LogName } from '../logs.js';
import { ENTRY_COLUMNS, entryBytes } from '../publish/entry-message.js';
import type { EntryRow } from '../publish/entry-message.js';
import { rfc3339 } from '../rfc3339.js';

export interface AuditedRow extends EntryRow {
  /** False where somebody wrote a time that the ledger, which counts in milliseconds, cannot have written. */
  readonly whole: boolean;
}

const COLUMNS = `${ENTRY_COLUMNS}, recorded_at = date_trunc('milliseconds', recorded_at) AS whole`;

/** Those from `from` up to, not including, `to`, by index; of one index there may be several where a key was dropped. */
export const rowsBetween = (
  manager: EntityManager,
  log: LogName,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<AuditedRow[]> =>
  manager.query(`SELECT ${COLUMNS} FROM entries WHERE log = $1 AND index >= $2 AND index < $3 ORDER BY index, tid`, [
    log,
    from,
    to,
  ]);

export const rowsAt = (manager: EntityManager, log: LogName, indices: readonly number[]): Promise<AuditedRow[]> =>
  manager.query(`SELECT ${COLUMNS} FROM entries WHERE log = $1 AND index = ANY($2::bigint[])`, [log, indices]);

/** As many rows as are shown, from outside the log's range. */
export const rowsBeyond = (manager: EntityManager, log: LogName, size: number, most: number): Promise<AuditedRow[]> =>
  manager.query(
    `SELECT ${COLUMNS} FROM entries WHERE log = $1 AND (index < 0 OR index >= $2) ORDER BY index LIMIT $3`,
    [log, size, most],
  );

/** The entry of a row; undefined where the row is none that could be written out. */
export function bytesOf(row: AuditedRow): Buffer | undefined {
  try {
    return entryBytes(row);
  } catch {
    return undefined;
  }
}

/** In words, without the token's bytes. */
export const told = ({ recorded_at, registry_size, tid, sub, malformed }: AuditedRow): string =>
  `${tid} of ${sub}, recorded ${rfc3339(recorded_at.getTime())} with ${registry_size} registry entries` +
  (malformed === null ? '' : `, malformed ${malformed}`);
