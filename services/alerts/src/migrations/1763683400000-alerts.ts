// The tables of the alerts service beside its folded chains and its outbox.

import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Alerts1763683400000 implements MigrationInterface {
  readonly name = 'Alerts1763683400000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE alerts (
        id uuid PRIMARY KEY,
        sub text NOT NULL,
        tid text NOT NULL,
        code text NOT NULL,
        severity text NOT NULL,
        refusal text,
        parties text[] NOT NULL,
        responsible text,
        due_at timestamptz,
        late boolean NOT NULL,
        raised_at timestamptz NOT NULL,
        state text NOT NULL,
        acknowledged_by text,
        acknowledged_reason text,
        acknowledged_at timestamptz,
        resolved_by text,
        resolved_reason text,
        resolved_at timestamptz,
        UNIQUE (sub, tid, code)
      )`);
    await runner.query('CREATE INDEX alerts_newest ON alerts (raised_at DESC, id DESC)');
    await runner.query(`CREATE INDEX alerts_open ON alerts (raised_at DESC, id DESC) WHERE state <> 'resolved'`);
    await runner.query('CREATE INDEX alerts_parties ON alerts USING gin (parties)');

    // at: seconds since the epoch, rounded up. heard_at: when this service first knew of that time.
    await runner.query(`
      CREATE TABLE deadlines (
        sub text NOT NULL,
        code text NOT NULL,
        tid text NOT NULL,
        at bigint NOT NULL,
        state text NOT NULL,
        heard_at timestamptz NOT NULL,
        PRIMARY KEY (sub, code, tid)
      )`);
    await runner.query(`CREATE INDEX deadlines_pending ON deadlines (at) WHERE state = 'pending'`);

    // Which chains hold a token of a key: they are judged again when the key is revoked.
    await runner.query('CREATE TABLE signers (kid text NOT NULL, sub text NOT NULL, PRIMARY KEY (kid, sub))');

    // One row: how far the registry was heard when chains were last judged again because of it.
    await runner.query(`
      CREATE TABLE registry_heard (
        one boolean PRIMARY KEY DEFAULT true CHECK (one),
        entries bigint NOT NULL,
        documents bigint NOT NULL
      )`);
    await runner.query('INSERT INTO registry_heard (entries, documents) VALUES (0, 0)');
  }

  /** Migrations go forward only; a failed start is mended by the next one. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
