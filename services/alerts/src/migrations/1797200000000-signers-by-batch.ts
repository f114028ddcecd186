// One row for each key of a batch: the chains it signed in, not a row for each of them.

import type { MigrationInterface, QueryRunner } from 'typeorm';

export class SignersByBatch1797200000000 implements MigrationInterface {
  readonly name = 'SignersByBatch1797200000000';

  async up(runner: QueryRunner): Promise<void> {
    // Those that are there name one chain each.
    await runner.query(`
      ALTER TABLE signers RENAME COLUMN sub TO subs;
      COMMENT ON COLUMN signers.subs IS 'chains of one batch that hold a token of this key, with spaces between them';`);
  }

  /** Migrations go forward only; a failed start is mended by the next one. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
