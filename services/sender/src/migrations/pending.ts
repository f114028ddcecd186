// The table of tokens on their way to the ledger, see dispatch/pending.ts.

import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Pending1763700100000 implements MigrationInterface {
  readonly name = 'Pending1763700100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE pending (
        tid text PRIMARY KEY,
        no bigint GENERATED ALWAYS AS IDENTITY,
        sub text NOT NULL,
        token text NOT NULL,
        kept_at timestamptz NOT NULL
      )`);
    await runner.query('CREATE INDEX pending_sub ON pending (sub, no)');
  }

  /** Migrations go forward only; a failed start is mended by the next one. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
