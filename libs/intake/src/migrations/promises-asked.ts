// How far the promises that have fallen due were told to the ledger.

import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * `due` grows with the rows, as `at` does: a block range index costs an insert next to nothing. Summarised by itself, because
 * what is not yet summarised is read at every look.
 */
class PromisesAskedMigration implements MigrationInterface {
  readonly name = 'PromisesAsked1795600000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX received_due ON received USING brin (due) WITH (autosummarize = on)');
    await runner.query(`
      CREATE TABLE promises_asked (
        the_one boolean PRIMARY KEY DEFAULT true CHECK (the_one),
        due timestamptz NOT NULL,
        hash text
      )`);
    await runner.query(
      `COMMENT ON TABLE promises_asked IS 'all due before was told, and of those due then the ones up to this hash, or all'`,
    );
  }

  /** Migrations go forward only (docs/architecture, "Storage"). */
  down(): Promise<void> {
    return Promise.reject(new Error('promises asked: migrations are forward-only; restore a backup instead'));
  }
}

/** For the list of a service with an intake, after `promisedMigration`. */
export const promisesAskedMigration = PromisesAskedMigration;
