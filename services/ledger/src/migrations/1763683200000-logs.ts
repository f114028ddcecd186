// The ledger's tables. Forward only; the version before this one tolerates every later table and nullable column.

import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Logs1763683200000 implements MigrationInterface {
  readonly name = 'Logs1763683200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE logs (
        name text COLLATE "C" PRIMARY KEY,
        origin text NOT NULL,
        size bigint NOT NULL DEFAULT 0,
        epoch bigint NOT NULL DEFAULT 0,
        last_recorded_at timestamptz NOT NULL DEFAULT '1970-01-01T00:00:00Z'
      );
      COMMENT ON COLUMN logs.size IS 'entries in the log; the next one gets this index';
      COMMENT ON COLUMN logs.epoch IS 'raised by each writer when it takes over; a write under an older one matches no row';

      CREATE TABLE publications (
        log text COLLATE "C" PRIMARY KEY REFERENCES logs,
        published bigint NOT NULL DEFAULT 0
      );
      COMMENT ON TABLE publications IS 'how far a log is on its topic; apart from logs, so that publishing never waits for an append';

      CREATE TABLE entries (
        log text COLLATE "C" NOT NULL REFERENCES logs,
        index bigint NOT NULL,
        tid text COLLATE "C" NOT NULL UNIQUE,
        kid text COLLATE "C" NOT NULL,
        sub text COLLATE "C" NOT NULL,
        recorded_at timestamptz NOT NULL,
        registry_size bigint NOT NULL,
        token text COLLATE "C",
        malformed text COLLATE "C",
        received_at timestamptz,
        device_clock timestamptz,
        PRIMARY KEY (log, index),
        CHECK ((token IS NULL) <> (malformed IS NULL))
      );
      CREATE INDEX entries_by_sub ON entries (sub, index);

      CREATE TABLE malformed_tokens (
        tid text COLLATE "C" PRIMARY KEY REFERENCES entries (tid),
        token bytea NOT NULL
      );
      COMMENT ON TABLE malformed_tokens IS 'bytes nobody could read and that may hold anything: erasable, the entry stays';

      CREATE TABLE parked (
        hash bytea PRIMARY KEY,
        arrival bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
        log text COLLATE "C" NOT NULL REFERENCES logs,
        tid text COLLATE "C" NOT NULL,
        kid text COLLATE "C" NOT NULL,
        sub text COLLATE "C" NOT NULL,
        token text COLLATE "C" NOT NULL,
        received_at timestamptz,
        device_clock timestamptz,
        parked_at timestamptz NOT NULL
      );
      CREATE INDEX parked_by_kid ON parked (kid, arrival);
      CREATE INDEX parked_by_tid ON parked (tid);
      CREATE INDEX parked_by_time ON parked (parked_at);

      CREATE TABLE refused (
        hash bytea PRIMARY KEY,
        tid text COLLATE "C",
        sub text COLLATE "C",
        code text COLLATE "C" NOT NULL,
        pointer text COLLATE "C",
        bytes bytea NOT NULL,
        refused_at timestamptz NOT NULL
      );
      CREATE INDEX refused_by_tid ON refused (tid) WHERE tid IS NOT NULL;
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('ledger migrations only go forward: restore a backup of the version before'));
  }
}
