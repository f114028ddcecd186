// Whose pipeline was heard of, and what waits to be raised until one is proven alive.

import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Pipelines1796400000000 implements MigrationInterface {
  readonly name = 'Pipelines1796400000000';

  async up(runner: QueryRunner): Promise<void> {
    // In seconds since the epoch, like deadlines.at. since: the first sign after the last silence; spoke: the latest.
    await runner.query(`
      CREATE TABLE pipelines (
        party text COLLATE "C" PRIMARY KEY,
        since bigint NOT NULL,
        spoke bigint NOT NULL
      );
      ALTER TABLE deadlines ADD COLUMN pipeline text COLLATE "C";
      COMMENT ON COLUMN deadlines.pipeline IS 'the party of which something must be heard before it is raised';
      CREATE INDEX deadlines_waiting ON deadlines (pipeline) WHERE state = 'waits';`);
  }

  /** Migrations go forward only; a failed start is mended by the next one. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
