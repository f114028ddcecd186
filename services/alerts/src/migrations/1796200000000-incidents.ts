// Incidents, their alerts, and the file of everything said and done about each. The file is only ever added to: the database
// itself refuses anything else.

import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Incidents1796200000000 implements MigrationInterface {
  readonly name = 'Incidents1796200000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE incidents (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        owner text NOT NULL,
        kind text NOT NULL,
        code text,
        cause text,
        opened_at timestamptz NOT NULL,
        latest_at timestamptz NOT NULL,
        held boolean NOT NULL DEFAULT false,
        closed_at timestamptz
      );
      COMMENT ON COLUMN incidents.latest_at IS 'when it was joined by an alert last: a storm is over ten minutes after';
      CREATE INDEX incidents_owner ON incidents (owner, opened_at DESC);
      CREATE INDEX incidents_storms ON incidents (code, cause, latest_at) WHERE kind = 'storm' AND closed_at IS NULL;

      CREATE TABLE incident_alerts (
        incident uuid NOT NULL REFERENCES incidents,
        alert uuid NOT NULL,
        PRIMARY KEY (incident, alert)
      );
      CREATE INDEX incident_alerts_alert ON incident_alerts (alert);

      CREATE TABLE incident_acts (
        incident uuid NOT NULL REFERENCES incidents,
        no integer NOT NULL,
        at timestamptz NOT NULL,
        by text,
        kid text,
        person text,
        act text NOT NULL,
        reason text NOT NULL,
        detail jsonb NOT NULL,
        PRIMARY KEY (incident, no)
      );
      CREATE FUNCTION incident_acts_stay() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'the file of an incident is only added to'; END $$;
      CREATE TRIGGER incident_acts_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON incident_acts
        FOR EACH STATEMENT EXECUTE FUNCTION incident_acts_stay();

      CREATE INDEX alerts_storms ON alerts (code, responsible, raised_at);`);
  }

  /** Migrations go forward only; a failed start is mended by the next one. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
