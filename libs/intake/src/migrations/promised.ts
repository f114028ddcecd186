// What was promised of received bytes, so that the same bytes again get the same promise.

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Nullable: rows from before, and those the version before writes, were promised nothing. */
class PromisedMigration implements MigrationInterface {
  readonly name = 'Promised1795400301000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE received ADD received_at timestamptz, ADD due timestamptz');
    await runner.query(
      `COMMENT ON COLUMN received.received_at IS 'when the bytes came first; "at" is when they were last published'`,
    );
  }

  /** Migrations go forward only (docs/architecture, "Storage"). */
  down(): Promise<void> {
    return Promise.reject(new Error('promised: migrations are forward-only; restore a backup instead'));
  }
}

/** For the list of a service with an intake, after `receivedMigration`. */
export const promisedMigration = PromisedMigration;
