// When the nightly audit ran and what it found: what is there survives every restart, so that a night is audited once and
// one that was missed is made up for.

import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Audits1795400101001 implements MigrationInterface {
  readonly name = 'Audits1795400101001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE audits (
        ended_at timestamptz PRIMARY KEY,
        result text NOT NULL,
        faults bigint NOT NULL,
        report json
      );
      COMMENT ON COLUMN audits.result IS 'clean, tampered, or none: since when nights are counted';`);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('ledger migrations only go forward: restore a backup of the version before'));
  }
}
