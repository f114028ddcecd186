// Deadlines by which somebody must have acknowledged, in the database: they survive every restart.

import type { PartyId } from '@unbroken/tokens';
import type { EntityManager } from 'typeorm';
import type { Escalation } from './notice.js';

/** Each contact passes an alert on once: one that is kept already, done or not, stays as it is. */
export async function writeEscalations(manager: EntityManager, escalations: readonly Escalation[]): Promise<void> {
  if (escalations.length === 0) return;
  await manager.query(
    `INSERT INTO escalations (alert, party, contact, due_at)
     SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::timestamptz[]) ON CONFLICT DO NOTHING`,
    [
      escalations.map(({ alert }) => alert),
      escalations.map(({ party }) => party),
      escalations.map(({ contact }) => contact),
      escalations.map(({ dueAt }) => new Date(dueAt)),
    ],
  );
}

/** Of an alert that nobody has acknowledged. */
export interface DueEscalation {
  readonly alert: string;
  readonly party: PartyId;
  readonly contact: string;
}

/** Marks what is due as done, and returns what still matters and how many there were. `now` in milliseconds. */
export async function takeDueEscalations(
  manager: EntityManager,
  now: number,
  limit: number,
): Promise<{ readonly due: readonly DueEscalation[]; readonly taken: number }> {
  const rows = await manager.query<(DueEscalation & { readonly raised: boolean })[]>(
    `WITH due AS (
       SELECT alert, party, contact FROM escalations WHERE state = 'pending' AND due_at <= $1
       ORDER BY due_at LIMIT $2 FOR UPDATE SKIP LOCKED
     ), done AS (
       UPDATE escalations SET state = 'done' FROM due
       WHERE (escalations.alert, escalations.party, escalations.contact) = (due.alert, due.party, due.contact)
       RETURNING escalations.*
     )
     SELECT done.alert, done.party, done.contact, alerts.state = 'raised' AS raised
     FROM done JOIN alerts ON alerts.id = done.alert`,
    [new Date(now), limit],
  );
  return { due: rows.filter(({ raised }) => raised), taken: rows.length };
}
