// How many messages a log's entries went out in, since several may share one.

import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Packs1795310000000 implements MigrationInterface {
  readonly name = 'Packs1795310000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE publications ADD messages bigint NOT NULL DEFAULT 0;
      UPDATE publications SET messages = published;
      COMMENT ON COLUMN publications.messages IS 'at least as many messages were sent for what is published; fewer on the topic: it has lost some';
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('ledger migrations only go forward: restore a backup of the version before'));
  }
}
