// The entries of one chain, as rows and as the messages that every other service folds: read back here, they mean what
// they mean there.

import type { RawMessage } from '@unbroken/platform';
import type { PartyId, ShipmentId } from '@unbroken/tokens';
import type { DataSource } from 'typeorm';
import { originOf, recordedTopic } from '../logs.js';
import { ENTRY_COLUMNS, LOG_ORDER, entryMessage } from '../publish/entry-message.js';
import type { EntryRow } from '../publish/entry-message.js';

export const entriesOf = (dataSource: DataSource, sub: ShipmentId | PartyId): Promise<EntryRow[]> =>
  dataSource.query(`SELECT ${ENTRY_COLUMNS} FROM entries WHERE sub = $1 ORDER BY ${LOG_ORDER}, index`, [sub]);

export const messageOf = (row: EntryRow, deployment: string): RawMessage => ({
  ...entryMessage(row, originOf(row.log, deployment)),
  topic: recordedTopic(row.log),
  partition: 0,
  offset: row.index,
  timestamp: row.recorded_at.getTime(),
});
