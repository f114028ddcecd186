// The Merkle trees of the logs (docs/protocol, section 6) and what was signed of them last.

import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Tree1795260000000 implements MigrationInterface {
  readonly name = 'Tree1795260000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE logs ADD edge bytea NOT NULL DEFAULT '\\x0000000000000000';
      COMMENT ON COLUMN logs.edge IS 'right edge of the tree over the entries; its first 8 bytes are how many';

      CREATE TABLE tiles (
        log text COLLATE "C" NOT NULL,
        level smallint NOT NULL,
        index bigint NOT NULL,
        hashes bytea NOT NULL,
        PRIMARY KEY (log, level, index)
      );
      COMMENT ON TABLE tiles IS 'hashes of 32 bytes, appended to until there are 256 and never changed then';
      ALTER TABLE tiles ALTER COLUMN hashes SET STORAGE EXTERNAL;

      CREATE TABLE checkpoints (
        log text COLLATE "C" PRIMARY KEY,
        size bigint NOT NULL,
        note text NOT NULL,
        signed_at timestamptz NOT NULL
      );
      COMMENT ON TABLE checkpoints IS 'the last signed one of each log; outside the database lies another copy';`);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('ledger migrations only go forward: restore a backup of the version before'));
  }
}
