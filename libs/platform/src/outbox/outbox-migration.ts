// The outbox table, the same in every service that has one; it lands in the service's own schema by its search_path.

import type { MigrationInterface, QueryRunner } from 'typeorm';

class OutboxMigration implements MigrationInterface {
  readonly name = 'Outbox1763683200000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE outbox (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        topic text NOT NULL,
        key text,
        value bytea,
        headers json NOT NULL,
        appended_at timestamptz NOT NULL DEFAULT now()
      )`);
  }

  /** Migrations go forward only; a failed start is mended by the next one. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}

/** For a service's list: `migrations: [outboxMigration, CreateDrafts1763…]`. */
export const outboxMigration = OutboxMigration;
