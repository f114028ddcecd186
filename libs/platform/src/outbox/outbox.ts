// What a service wants published is first a row in the same transaction as what it decided: either both are kept or
// neither is, whatever happens to Kafka.

import type { EntityManager } from 'typeorm';
import type { Topic } from '@unbroken/contracts';

export interface OutboxRow {
  readonly topic: Topic;
  readonly key: string | null;
  /** null is a tombstone of a compacted topic. */
  readonly value: Buffer | null;
  readonly headers: Readonly<Record<string, string>>;
}

export class Outbox {
  /**
   * Adds the rows, in order, within the manager's transaction. Call `relay.wake()` after its commit.
   * A crash before the commit keeps nothing; after it the relay publishes every row, now or after the next start.
   */
  async append(manager: EntityManager, rows: readonly OutboxRow[]): Promise<void> {
    if (rows.length === 0) return;
    await manager.query(
      `INSERT INTO outbox (topic, key, value, headers)
       SELECT topic, key, value, headers::json
       FROM unnest($1::text[], $2::text[], $3::bytea[], $4::text[])
         WITH ORDINALITY AS row (topic, key, value, headers, position)
       ORDER BY position`,
      [
        rows.map(({ topic }) => topic),
        rows.map(({ key }) => key),
        rows.map(({ value }) => value),
        rows.map(({ headers }) => JSON.stringify(headers)),
      ],
    );
  }
}
