// What was found of a log that has ended and has no place in it (docs/operations.md): kept, for it may be evidence.

import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Remnants1795500000000 implements MigrationInterface {
  readonly name = 'Remnants1795500000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE remnants (
        log text COLLATE "C" NOT NULL,
        index bigint NOT NULL,
        hash bytea NOT NULL,
        source text NOT NULL,
        bytes bytea NOT NULL,
        sub text,
        received_at timestamptz,
        device_clock timestamptz,
        PRIMARY KEY (log, index, hash)
      );
      COMMENT ON TABLE remnants IS 'held by somebody and not stored as the entry: another is, or no enrolled key has signed it';`);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('ledger migrations only go forward: restore a backup of the version before'));
  }
}
