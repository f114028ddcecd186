// The last checkpoint of each log that enough witnesses have cosigned, with their cosignatures.

import type { DataSource } from 'typeorm';
import type { LogName } from '../logs.js';

/** Undefined before the first. */
export async function witnessedNote(dataSource: DataSource, log: LogName): Promise<string | undefined> {
  const [row] = await dataSource.query<{ note: string }[]>('SELECT note FROM witnessed WHERE log = $1', [log]);
  return row?.note;
}

/** Stores it; an older one never replaces a newer. A crash before this only means that the witnesses are asked again. */
export async function storeWitnessed(
  dataSource: DataSource,
  log: LogName,
  { size, note }: { readonly size: number; readonly note: string },
): Promise<void> {
  await dataSource.query(
    `INSERT INTO witnessed (log, size, note) VALUES ($1, $2, $3)
     ON CONFLICT (log) DO UPDATE SET size = excluded.size, note = excluded.note
     WHERE witnessed.size <= excluded.size`,
    [log, size, note],
  );
}
