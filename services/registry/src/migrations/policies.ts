// The table of policy documents, see policies/policies.ts.

import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Policies1763700200000 implements MigrationInterface {
  readonly name = 'Policies1763700200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE policies (
        hash text PRIMARY KEY,
        document bytea NOT NULL,
        published_at timestamptz NOT NULL DEFAULT now()
      )`);
  }

  /** Migrations go forward only; a failed start is mended by the next one. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
