// The entries of a log as its table has them, in its order.

import type { DataSource, EntityManager } from 'typeorm';
import type { LogName } from './logs.js';
import { ENTRY_COLUMNS } from './publish/entry-message.js';
import type { EntryRow } from './publish/entry-message.js';

/** So many entries from an index on, or as many as there are. */
export const entriesFrom = (
  database: DataSource | EntityManager,
  log: LogName,
  { from, count }: { readonly from: number; readonly count: number },
): Promise<EntryRow[]> =>
  database.query(`SELECT ${ENTRY_COLUMNS} FROM entries WHERE log = $1 AND index >= $2 ORDER BY index LIMIT $3`, [
    log,
    from,
    count,
  ]);
