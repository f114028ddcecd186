// What finders told (found/reports.ts), and how often strangers asked (limits/desk-limits.ts).

import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Found1796100000000 implements MigrationInterface {
  readonly name = 'Found1796100000000';

  async up(runner: QueryRunner): Promise<void> {
    // contact and salt are erasable: the token holds no more than their commitment.
    await runner.query(`
      CREATE TABLE found_reports (
        callback text PRIMARY KEY,
        no bigint GENERATED ALWAYS AS IDENTITY,
        sub text NOT NULL,
        mine boolean NOT NULL,
        opened text NOT NULL,
        left_at text NOT NULL,
        contact text,
        salt bytea,
        commitment text,
        told_at timestamptz NOT NULL,
        token text,
        tid text,
        posted_at timestamptz,
        called_back_by text,
        called_back_at timestamptz,
        witnessed text,
        CHECK ((contact IS NULL) = (salt IS NULL))
      )`);
    await runner.query('CREATE INDEX found_reports_open ON found_reports (told_at) WHERE posted_at IS NULL');
    await runner.query('CREATE INDEX found_reports_contact ON found_reports (told_at) WHERE contact IS NOT NULL');
    await runner.query(
      'CREATE TABLE desk_limits (key text PRIMARY KEY, until timestamptz NOT NULL, used int NOT NULL)',
    );
  }

  /** Migrations go forward only; a failed start is mended by the next one. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
