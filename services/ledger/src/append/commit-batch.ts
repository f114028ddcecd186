// The one transaction of a batch (docs/architecture, "The ledger"). Everything about these tokens is in it or nothing is:
// a crash before its commit leaves no trace, and the batch comes again from its topic; a crash after it loses only the
// Kafka offset, so the batch comes again and every token is found present, parked or refused.

import type { DataSource, EntityManager } from 'typeorm';
import type { Outbox } from '@unbroken/platform';
import { encodeRightEdge } from '@unbroken/tlog';
import type { RightEdge } from '@unbroken/tlog';
import { parkTokens, settleParked } from '../park/parked-tokens.js';
import { quarantine } from '../quarantine/quarantine.js';
import { rfc3339 } from '../rfc3339.js';
import type { Batch, Head } from './batch.js';
import { extendTiles, grownBy } from './grow-tree.js';
import { insertEntries } from './insert-entries.js';
import { NotTheWriter } from './not-the-writer.js';

export interface CommitPorts {
  readonly dataSource: DataSource;
  readonly outbox: Outbox;
}

/**
 * Writes the batch in the name of the writer of this epoch, and answers where the log ends then.
 * @throws NotTheWriter when a later writer has taken over, or the log does not end where the batch begins
 */
export async function commitBatch({ dataSource, outbox }: CommitPorts, batch: Batch, epoch: number): Promise<Head> {
  if (batch.isEmpty) return batch.head;
  const { edge, tiles } = grownBy(batch.head.edge, batch.entries);
  await dataSource.transaction(async (manager) => {
    await advanceLog(manager, batch, edge, epoch);
    await insertEntries(manager, batch);
    await extendTiles(manager, batch.log, tiles);
    await parkTokens(manager, batch);
    await settleParked(manager, batch.settled);
    await quarantine(manager, outbox, batch);
  });
  return { edge, lastRecordedAt: batch.lastRecordedAt };
}

/** First, because it takes the row's lock: from here to the commit no other writer can take over. */
async function advanceLog(manager: EntityManager, batch: Batch, edge: RightEdge, epoch: number): Promise<void> {
  const { log, head, lastRecordedAt } = batch;
  const [, advanced] = await manager.query<[unknown, number]>(
    `UPDATE logs SET size = $4, last_recorded_at = $5, edge = $6
     WHERE name = $1 AND epoch = $2 AND size = $3`,
    [log, epoch, head.edge.size, edge.size, rfc3339(lastRecordedAt), Buffer.from(encodeRightEdge(edge))],
  );
  if (advanced !== 1) throw new NotTheWriter(`another writer has taken over ${log} since epoch ${epoch}`);
}
