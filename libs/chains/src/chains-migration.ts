// The tables of folded chains, the same in every service that keeps them; they land in the service's own schema.

import type { MigrationInterface, QueryRunner } from 'typeorm';

const forwardOnly = (): Promise<void> => Promise.reject(new Error('migrations go forward only'));

/** Who has to do with a chain. */
const searched = ['sender', 'holder', 'responsible', 'consignee', 'offered_to'] as const;

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
    for (const column of [...searched, 'policy']) {
      await runner.query(`CREATE INDEX chains_${column} ON chains (${column}, no) WHERE ${column} IS NOT NULL`);
    }
    await runner.query('CREATE UNIQUE INDEX chains_no ON chains (no)');
    await runner.query('CREATE INDEX chains_parties ON chains USING gin (parties)');
  }

  readonly down = forwardOnly;
}

/** What is kept of a chain is its history, written once; what is searched for stands in its row. */
class ChainHistoryMigration implements MigrationInterface {
  readonly name = 'ChainHistory1795240000000';

  async up(runner: QueryRunner): Promise<void> {
    // recorded: the entries of one batch, as a JSON array; first: the log index of the first of them.
    await runner.query(`
      CREATE TABLE chain_history (
        sub text NOT NULL,
        first bigint NOT NULL,
        recorded json NOT NULL,
        PRIMARY KEY (sub, first)
      )`);
    await runner.query(`INSERT INTO chain_history (sub, first, recorded) SELECT sub, 0, state->'history' FROM chains`);
    await runner.query('ALTER TABLE chains DROP COLUMN state');
    // Nothing that changes with a hand-off is indexed, and pages are half empty: most updates of a chain touch no index.
    const indices = [...searched.map((column) => `chains_${column}`), 'chains_no', 'chains_parties'];
    await runner.query(indices.map((index) => `DROP INDEX IF EXISTS ${index};`).join(' '));
    await runner.query('ALTER TABLE chains SET (fillfactor = 50)');
  }

  readonly down = forwardOnly;
}

/** For services whose people ask who has which parcels. */
class ChainSearchMigration implements MigrationInterface {
  readonly name = 'ChainSearch1795240001000';

  async up(runner: QueryRunner): Promise<void> {
    for (const column of searched) {
      await runner.query(`CREATE INDEX chains_${column} ON chains (${column}, no) WHERE ${column} IS NOT NULL`);
    }
    await runner.query('CREATE UNIQUE INDEX chains_no ON chains (no)');
    await runner.query('CREATE INDEX chains_parties ON chains USING gin (parties)');
  }

  readonly down = forwardOnly;
}

/**
 * What guards a chain is the number of its next part: two consumers that fold the same chain at once write the same
 * number, and one of them is told.
 */
class ChainPartsMigration implements MigrationInterface {
  readonly name = 'ChainParts1795250000000';

  async up(runner: QueryRunner): Promise<void> {
    // part: counted from 0. recorded: JSON, but kept as text: nobody else reads it, and json would be parsed again at
    // every insert. Rows of up to a page are not compressed.
    await runner.query(`
      ALTER TABLE chain_history ADD part int, ALTER COLUMN recorded TYPE text;
      UPDATE chain_history AS kept SET part = numbered.part
        FROM (SELECT sub, first, row_number() OVER (PARTITION BY sub ORDER BY first) - 1 AS part FROM chain_history)
          AS numbered
        WHERE kept.sub = numbered.sub AND kept.first = numbered.first;
      ALTER TABLE chain_history DROP CONSTRAINT chain_history_pkey, DROP COLUMN first, ADD PRIMARY KEY (sub, part);
      ALTER TABLE chain_history ALTER COLUMN sub TYPE text COLLATE "C";
      ALTER TABLE chain_history SET (toast_tuple_target = 8160);`);
  }

  readonly down = forwardOnly;
}

class NarrowSearchMigration implements MigrationInterface {
  readonly name = 'NarrowSearch1795250001000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'ALTER TABLE chains DROP COLUMN last_index, DROP COLUMN policy, DROP COLUMN due, DROP COLUMN updated_at',
    );
  }

  readonly down = forwardOnly;
}

/**
 * Who has a parcel changes with every hand-off, who has to do with it hardly ever: apart, a hand-off is written to four
 * indices and not to nine, one of them of lists.
 */
class ChainHandsMigration implements MigrationInterface {
  readonly name = 'ChainHands1797100001000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE chain_hands (
        sub text COLLATE "C" PRIMARY KEY,
        no bigint GENERATED ALWAYS AS IDENTITY,
        status text NOT NULL,
        holder text,
        responsible text,
        offered_to text
      ) WITH (fillfactor = 50)`);
    await runner.query(`
      INSERT INTO chain_hands (sub, no, status, holder, responsible, offered_to) OVERRIDING SYSTEM VALUE
        SELECT sub, no, status, holder, responsible, offered_to FROM chains;
      SELECT setval(pg_get_serial_sequence('chain_hands', 'no'), max(no)) FROM chain_hands`);
    for (const column of ['holder', 'responsible', 'offered_to'] satisfies (typeof searched)[number][]) {
      await runner.query(
        `CREATE INDEX chain_hands_${column} ON chain_hands (${column}, no) WHERE ${column} IS NOT NULL`,
      );
    }
    await runner.query(`
      ALTER TABLE chains ALTER COLUMN no DROP IDENTITY,
        DROP COLUMN status, DROP COLUMN holder, DROP COLUMN responsible, DROP COLUMN offered_to`);
  }

  readonly down = forwardOnly;
}

/** Where nobody searches there is no row to write at every hand-off. */
class NoSearchMigration implements MigrationInterface {
  readonly name = 'NoSearch1795250001000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE chains');
  }

  readonly down = forwardOnly;
}

class ChainsAsideMigration implements MigrationInterface {
  readonly name = 'ChainsAside1797100000000';

  async up(runner: QueryRunner): Promise<void> {
    // set_by: the process. Unlogged, for nothing is lost with it; pages are half empty, so that a new state of a chain
    // stands beside the one that it replaces. Rows of up to a page are not compressed.
    await runner.query(`
      CREATE UNLOGGED TABLE chains_aside (
        sub text COLLATE "C" PRIMARY KEY,
        part int NOT NULL,
        last_index bigint NOT NULL,
        set_by text NOT NULL,
        state text NOT NULL
      ) WITH (fillfactor = 50, toast_tuple_target = 8160)`);
  }

  readonly down = forwardOnly;
}

const historyMigrations = [ChainsMigration, ChainHistoryMigration, ChainPartsMigration, ChainsAsideMigration] as const;

/** For a service's list: `migrations: [outboxMigration, ...chainsMigrations, …]`. */
export const chainsMigrations = [...historyMigrations, NoSearchMigration] as const;

/** The same, where `ChainStore.find` is used: `new ChainStore(dataSource, { searched: true })`. */
export const searchedChainsMigrations = [
  ...historyMigrations,
  ChainSearchMigration,
  NarrowSearchMigration,
  ChainHandsMigration,
] as const;
