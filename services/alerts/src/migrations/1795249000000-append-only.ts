// What chains are found by when a key is revoked or a policy is heard: tables that are only appended to, and indices whose
// newest place is always the same few pages. A row may be there twice; whoever reads asks for each chain once.

import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AppendOnly1795249000000 implements MigrationInterface {
  readonly name = 'AppendOnly1795249000000';

  /** Before the chains' own migration takes away the table that policies were found in. */
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE chain_policies (policy text COLLATE "C" NOT NULL, sub text COLLATE "C" NOT NULL);
      INSERT INTO chain_policies (policy, sub) SELECT policy, sub FROM chains WHERE policy IS NOT NULL;
      CREATE INDEX chain_policies_policy ON chain_policies (policy);
      ALTER TABLE signers DROP CONSTRAINT signers_pkey;
      CREATE INDEX signers_kid ON signers (kid);`);
  }

  /** Migrations go forward only; a failed start is mended by the next one. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
