// The tables that people's questions are answered from, beside the folded chains. All of it can be made again from the
// log: see ../rebuild.

import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Picture1763683500000 implements MigrationInterface {
  readonly name = 'Picture1763683500000';

  async up(runner: QueryRunner): Promise<void> {
    // Enums sort in the order in which they are written: the worst first.
    await runner.query(`
      CREATE TYPE chain_group AS ENUM
        ('wrong-hands', 'lost', 'disputed', 'late', 'to-look-at', 'on-the-way', 'closed');
      CREATE TYPE chain_severity AS ENUM ('critical', 'high', 'medium', 'low', 'none');

      CREATE TABLE rows (
        sub text COLLATE "C" PRIMARY KEY,
        change bigint NOT NULL,
        chain_group chain_group NOT NULL,
        severity chain_severity NOT NULL,
        since bigint NOT NULL,
        parties text[] NOT NULL,
        shown json NOT NULL
      );
      COMMENT ON COLUMN rows.change IS 'number of its newest change; numbers are ordered like the commits';
      COMMENT ON COLUMN rows.since IS 'milliseconds since 1970, the first first; of closed chains negative: the newest first';
      CREATE INDEX rows_worst ON rows (chain_group, severity, since, sub);
      CREATE UNIQUE INDEX rows_change ON rows (change);

      CREATE TABLE stream (one boolean PRIMARY KEY DEFAULT true CHECK (one), change bigint NOT NULL);
      COMMENT ON TABLE stream IS 'one row: the newest change; whoever holds its lock is the only one who writes rows';
      INSERT INTO stream (change) VALUES (0);

      CREATE TABLE counts (chain_group chain_group PRIMARY KEY, chains bigint NOT NULL);
      INSERT INTO counts SELECT unnest(enum_range(NULL::chain_group)), 0;

      CREATE TABLE alerts (
        id uuid PRIMARY KEY,
        sub text COLLATE "C" NOT NULL,
        raised_at timestamptz NOT NULL,
        step smallint NOT NULL,
        record json NOT NULL
      );
      COMMENT ON COLUMN alerts.step IS 'of its life: 0 raised, 1 acknowledged, 2 resolved';
      CREATE INDEX alerts_of_chain ON alerts (sub);

      CREATE TABLE marks (
        mark text COLLATE "C" NOT NULL,
        scheme text COLLATE "C" NOT NULL,
        sub text COLLATE "C" NOT NULL,
        given_at timestamptz NOT NULL,
        PRIMARY KEY (mark, scheme, sub)
      );
      COMMENT ON TABLE marks IS 'what is printed on parcels: numbers of carriers by their scheme, seals under an empty one';

      CREATE TABLE known_parties (party text COLLATE "C" PRIMARY KEY);

      CREATE TABLE parts (
        party text COLLATE "C" NOT NULL,
        sub text COLLATE "C" NOT NULL,
        PRIMARY KEY (party, sub)
      );
      COMMENT ON TABLE parts IS 'which chains a party has a part in; apart from rows, so that a hand-off seldom writes here';
    `);
  }

  /** Migrations go forward only; a failed start is mended by the next one. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
