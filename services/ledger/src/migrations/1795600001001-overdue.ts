// Tokens that this hub promised to record, and that were not there when their promise fell due. Empty while all is well.

import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Overdue1795600001001 implements MigrationInterface {
  readonly name = 'Overdue1795600001001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE overdue (
        sum bytea PRIMARY KEY,
        tid text COLLATE "C" NOT NULL,
        service text NOT NULL,
        due timestamptz NOT NULL
      );
      COMMENT ON COLUMN overdue.sum IS 'SHA-256 of the bytes that were taken';
      COMMENT ON COLUMN overdue.service IS 'who took them, and promised';`);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('ledger migrations only go forward: restore a backup of the version before'));
  }
}
