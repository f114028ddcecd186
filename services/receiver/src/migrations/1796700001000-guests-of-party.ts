// Whose a guest is (guests/guests.ts): a commitment stands in the log for everybody to copy.

import type { MigrationInterface, QueryRunner } from 'typeorm';

export class GuestsOfParty1796700001000 implements MigrationInterface {
  readonly name = 'GuestsOfParty1796700001000';

  async up(runner: QueryRunner): Promise<void> {
    // Without a time are those that were noted before there was one: they are the first.
    await runner.query(`
      ALTER TABLE guest_shipments ADD party text, ADD recorded_at timestamptz;
      UPDATE guest_shipments SET party = chains.sender FROM chains WHERE chains.sub = guest_shipments.sub;
      CREATE VIEW shipments_of_guests AS
        SELECT sub, commitment, closed_at FROM guest_shipments s
        WHERE party IS NOT DISTINCT FROM (SELECT party FROM guest_shipments o WHERE o.commitment = s.commitment
          ORDER BY recorded_at NULLS FIRST LIMIT 1)`);
  }

  /** Migrations go forward only; a failed start is mended by the next one. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
