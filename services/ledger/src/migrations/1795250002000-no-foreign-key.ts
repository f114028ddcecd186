// Entries name a log of a closed list, written by one statement: nothing has to be asked for each row.

import type { MigrationInterface, QueryRunner } from 'typeorm';

export class NoForeignKey1795250002000 implements MigrationInterface {
  readonly name = 'NoForeignKey1795250002000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE entries DROP CONSTRAINT entries_log_fkey');
  }

  down(): Promise<void> {
    return Promise.reject(new Error('ledger migrations only go forward: restore a backup of the version before'));
  }
}
