// What was received, by the hash of its bytes: the same bytes again get the same answer and are not published twice.

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** `at` grows with the rows, so a block range index finds the old ones at next to no cost for each insert. */
class ReceivedMigration implements MigrationInterface {
  readonly name = 'Received1763700000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE received (
        hash text PRIMARY KEY,
        tid text,
        at timestamptz NOT NULL
      )`);
    await runner.query('CREATE INDEX received_at ON received USING brin (at)');
  }

  /** Migrations go forward only (docs/architecture, "Storage"). */
  down(): Promise<void> {
    return Promise.reject(new Error('received: migrations are forward-only; restore a backup instead'));
  }
}

/** For the list of a service with an intake, after `outboxMigration`. */
export const receivedMigration = ReceivedMigration;
