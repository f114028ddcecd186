// A group of its own for what may be a breach to notify. Rows drawn before are drawn again after the start; see
// ../fold/redrawing.ts.

import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Breach1795270000000 implements MigrationInterface {
  readonly name = 'Breach1795270000000';

  async up(runner: QueryRunner): Promise<void> {
    // A value that is added to an enum cannot be used in the same transaction: a new type can.
    await runner.query(`
      ALTER TYPE chain_group RENAME TO chain_group_before;
      CREATE TYPE chain_group AS ENUM
        ('wrong-hands', 'lost', 'breach', 'disputed', 'late', 'to-look-at', 'on-the-way', 'closed');
      ALTER TABLE rows ALTER COLUMN chain_group TYPE chain_group USING chain_group::text::chain_group;
      ALTER TABLE counts ALTER COLUMN chain_group TYPE chain_group USING chain_group::text::chain_group;
      DROP TYPE chain_group_before;
      INSERT INTO counts VALUES ('breach', 0);
    `);
  }

  /** Migrations go forward only; a failed start is mended by the next one. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
