// The table of folded chains, the same in every service that keeps one; it lands in the service's own schema.

import type { MigrationInterface, QueryRunner } from 'typeorm';

class ChainsMigration implements MigrationInterface {
  readonly name = 'Chains1763683300000';

  async up(runner: QueryRunner): Promise<void> {
    // `state` is json and not jsonb: it is read whole, never searched, and json is stored as it was written. What is
    // searched for stands beside it.
    await runner.query(`
      CREATE TABLE chains (
        sub text PRIMARY KEY,
        no bigint GENERATED ALWAYS AS IDENTITY,
        state json NOT NULL,
        last_index bigint NOT NULL,
        status text NOT NULL,
        sender text,
        holder text,
        responsible text,
        consignee text,
        offered_to text,
        policy text,
        due timestamptz,
        parties text[] NOT NULL,
        updated_at timestamptz NOT NULL
      )`);
    for (const column of ['sender', 'holder', 'responsible', 'consignee', 'offered_to', 'policy']) {
      await runner.query(`CREATE INDEX chains_${column} ON chains (${column}, no) WHERE ${column} IS NOT NULL`);
    }
    await runner.query('CREATE UNIQUE INDEX chains_no ON chains (no)');
    await runner.query('CREATE INDEX chains_parties ON chains USING gin (parties)');
  }

  /** Migrations go forward only; a failed start is mended by the next one. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}

/** For a service's list: `migrations: [outboxMigration, chainsMigration, …]`. */
export const chainsMigration = ChainsMigration;
