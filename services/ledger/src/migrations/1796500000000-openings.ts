// Who has seen this (openings/), and each day's seal over it. Both are only ever added to: the database itself refuses
// anything else, and what somebody with more rights does all the same, the audit names.

import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Openings1796500000000 implements MigrationInterface {
  readonly name = 'Openings1796500000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE openings (
        no bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        at timestamptz NOT NULL,
        about text COLLATE "C" NOT NULL,
        what text NOT NULL,
        owner text,
        party text,
        kid text,
        person text,
        source text,
        reader text COLLATE "C" NOT NULL,
        slot bigint NOT NULL,
        UNIQUE (about, what, reader, slot)
      );
      COMMENT ON COLUMN openings.source IS 'of a reader whom nothing identified: a network under a key of the day that nobody keeps';

      CREATE TABLE opening_days (
        day date PRIMARY KEY,
        upto bigint NOT NULL,
        leaves bytea NOT NULL,
        edge bytea NOT NULL
      );
      COMMENT ON COLUMN opening_days.upto IS 'the last of openings.no that it covers';
      COMMENT ON COLUMN opening_days.leaves IS 'their hashes, 32 bytes each; edge: of the tree over all up to it (RFC 6962)';

      CREATE FUNCTION openings_stay() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'who has seen what is only added to'; END $$;
      CREATE TRIGGER openings_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON openings
        FOR EACH STATEMENT EXECUTE FUNCTION openings_stay();
      CREATE TRIGGER opening_days_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON opening_days
        FOR EACH STATEMENT EXECUTE FUNCTION openings_stay();`);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('ledger migrations only go forward: restore a backup of the version before'));
  }
}
