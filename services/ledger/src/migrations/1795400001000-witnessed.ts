// Checkpoints that witnesses have cosigned (docs/protocol, section 6).

import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Witnessed1795400001000 implements MigrationInterface {
  readonly name = 'Witnessed1795400001000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE witnessed (
        log text COLLATE "C" PRIMARY KEY,
        size bigint NOT NULL,
        note text NOT NULL
      );
      COMMENT ON TABLE witnessed IS 'the last checkpoint of each log that enough witnesses have cosigned';`);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('ledger migrations only go forward: restore a backup of the version before'));
  }
}
