// When each source that has to report was heard last, so that its silence is noticed after any restart.

import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Heartbeats1795400101000 implements MigrationInterface {
  readonly name = 'Heartbeats1795400101000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE heartbeats (source text PRIMARY KEY, at timestamptz NOT NULL)');
  }

  /** Migrations go forward only; a failed start is mended by the next one. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
