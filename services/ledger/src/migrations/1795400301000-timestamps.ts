// What time-stamping authorities have said of checkpoints (RFC 3161).

import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Timestamps1795400301000 implements MigrationInterface {
  readonly name = 'Timestamps1795400301000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE timestamps (
        log text COLLATE "C" NOT NULL,
        authority text COLLATE "C" NOT NULL,
        size bigint NOT NULL,
        note text NOT NULL,
        token bytea NOT NULL,
        taken_at timestamptz NOT NULL,
        PRIMARY KEY (log, authority, size)
      );
      COMMENT ON TABLE timestamps IS 'kept for ever: each is evidence of all entries before its size';
      COMMENT ON COLUMN timestamps.note IS 'the signed checkpoint that was stamped';`);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('ledger migrations only go forward: restore a backup of the version before'));
  }
}
