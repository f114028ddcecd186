// Who is to be told of which alerts, every attempt at it, whom it is passed on to when nobody acknowledges, and whose task
// an alert is. Contacts are named by party and id; who that is stands in the file of contacts alone.

import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Notifications1795800000000 implements MigrationInterface {
  readonly name = 'Notifications1795800000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE notifications (
        id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        party text NOT NULL,
        contact text NOT NULL,
        kind text NOT NULL,
        change text NOT NULL,
        code text NOT NULL,
        cause text NOT NULL,
        state text NOT NULL DEFAULT 'waiting',
        due_at timestamptz NOT NULL,
        tries integer NOT NULL DEFAULT 0,
        first_tried_at timestamptz,
        next_at timestamptz,
        ended_at timestamptz,
        unreached boolean NOT NULL DEFAULT false
      );
      COMMENT ON COLUMN notifications.cause IS 'the responsible party, or nothing: alerts of one code and cause share a message';
      CREATE UNIQUE INDEX notifications_gathering ON notifications (party, contact, change, code, cause)
        WHERE state = 'waiting';
      CREATE INDEX notifications_latest ON notifications (party, contact, change, code, cause, due_at DESC);
      CREATE INDEX notifications_due ON notifications (due_at) WHERE state = 'waiting';
      CREATE INDEX notifications_unreached ON notifications (first_tried_at) WHERE state = 'sending';

      CREATE TABLE notification_alerts (
        notification uuid NOT NULL REFERENCES notifications,
        alert uuid NOT NULL,
        PRIMARY KEY (notification, alert)
      );
      CREATE INDEX notification_alerts_alert ON notification_alerts (alert);

      CREATE TABLE notification_attempts (
        notification uuid NOT NULL REFERENCES notifications,
        no integer NOT NULL,
        at timestamptz NOT NULL,
        outcome text NOT NULL,
        PRIMARY KEY (notification, no)
      );

      CREATE TABLE escalations (
        alert uuid NOT NULL,
        party text NOT NULL,
        contact text NOT NULL,
        due_at timestamptz NOT NULL,
        state text NOT NULL DEFAULT 'pending',
        PRIMARY KEY (alert, party, contact)
      );
      CREATE INDEX escalations_pending ON escalations (due_at) WHERE state = 'pending';

      ALTER TABLE alerts
        ADD COLUMN assigned_to text,
        ADD COLUMN assigned_contact text,
        ADD COLUMN assigned_by text,
        ADD COLUMN assigned_reason text,
        ADD COLUMN assigned_at timestamptz;`);
  }

  /** Migrations go forward only; a failed start is mended by the next one. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'));
  }
}
