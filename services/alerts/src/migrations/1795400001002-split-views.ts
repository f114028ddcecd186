// What was shown of logs that have signed two histories (docs/protocol, section 6).

import type { MigrationInterface, QueryRunner } from 'typeorm';

export class SplitViews1795400001002 implements MigrationInterface {
  readonly name = 'SplitViews1795400001002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE split_views (
        no bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        alert uuid NOT NULL,
        report jsonb NOT NULL
      );
      COMMENT ON COLUMN split_views.report IS 'two notes of one log and the proof between them, as they were told';
      CREATE UNIQUE INDEX split_views_once ON split_views (alert, md5(report::text));`);
  }

  /** Migrations go forward only; a failed start is mended by the next one. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
