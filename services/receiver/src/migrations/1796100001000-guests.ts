// Consignees without keys (guests/guests.ts) and the codes they are sent (codes/codes.ts).

import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Guests1796100001000 implements MigrationInterface {
  readonly name = 'Guests1796100001000';

  async up(runner: QueryRunner): Promise<void> {
    // Erasable as a whole: a token holds no more than the commitment.
    await runner.query(`
      CREATE TABLE guests (
        commitment text PRIMARY KEY,
        salt bytea NOT NULL,
        name text NOT NULL,
        way text NOT NULL CHECK (way IN ('email', 'phone')),
        address text NOT NULL,
        language text NOT NULL,
        kept_at timestamptz NOT NULL
      )`);
    await runner.query(`
      CREATE TABLE guest_shipments (
        sub text PRIMARY KEY,
        commitment text NOT NULL,
        closed_at timestamptz
      )`);
    await runner.query('CREATE INDEX guest_shipments_commitment ON guest_shipments (commitment)');
    await runner.query(`
      CREATE TABLE guest_codes (
        sub text PRIMARY KEY,
        salt bytea NOT NULL,
        hash bytea NOT NULL,
        until timestamptz NOT NULL,
        token text,
        posted_at timestamptz
      )`);
    await runner.query(
      'CREATE INDEX guest_codes_unposted ON guest_codes (sub) WHERE token IS NOT NULL AND posted_at IS NULL',
    );
  }

  /** Migrations go forward only; a failed start is mended by the next one. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
