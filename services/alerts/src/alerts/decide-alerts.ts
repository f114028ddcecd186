// Acknowledging and resolving: by a person, with a reason, or by itself when the finding no longer holds.

import type { AlertState } from '@unbroken/contracts';
import type { EntityManager } from 'typeorm';
import type { Alert, Assignment, Decision } from './alert.js';
import { fromRow } from './alert-row.js';
import type { AlertRow } from './alert-row.js';

/** Resolves those that are open and returns them; the others stay as they are. `at` in milliseconds. */
export async function resolveByThemselves(
  manager: EntityManager,
  alerts: readonly { readonly id: string; readonly reason: string }[],
  at: number,
): Promise<readonly Alert[]> {
  if (alerts.length === 0) return [];
  const inOrder = alerts.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const rows = await manager.query<AlertRow[]>(
    `WITH gone AS (
       SELECT alerts.id, why.reason
       FROM unnest($1::uuid[], $2::text[]) AS why (id, reason) JOIN alerts USING (id)
       WHERE state <> 'resolved' ORDER BY alerts.id FOR UPDATE OF alerts
     ), resolved AS (
       UPDATE alerts SET state = 'resolved', resolved_by = NULL, resolved_reason = gone.reason, resolved_at = $3
       FROM gone WHERE alerts.id = gone.id RETURNING alerts.*
     )
     SELECT * FROM resolved`,
    [inOrder.map(({ id }) => id), inOrder.map(({ reason }) => reason), new Date(at)],
  );
  return rows.map(fromRow);
}

/** Null where the alert is resolved already, or is not there. Whoever had it before has it no more. */
export async function assign(
  manager: EntityManager,
  id: string,
  { to, contact, by, reason, at }: Assignment,
): Promise<Alert | null> {
  const [row] = await manager.query<AlertRow[]>(
    `WITH assigned AS (
       UPDATE alerts SET assigned_to = $2, assigned_contact = $3, assigned_by = $4, assigned_reason = $5, assigned_at = $6
       WHERE id = $1 AND state <> 'resolved' RETURNING *
     )
     SELECT * FROM assigned`,
    [id, to, contact, by, reason, at],
  );
  return row === undefined ? null : fromRow(row);
}

/** Null where the alert is not in a state in which that can be done, or is not there. */
export const acknowledge = (manager: EntityManager, id: string, decision: Decision): Promise<Alert | null> =>
  decide(manager, id, decision, 'acknowledged', ['raised']);

/** Null where the alert is resolved already, or is not there. */
export const resolve = (manager: EntityManager, id: string, decision: Decision): Promise<Alert | null> =>
  decide(manager, id, decision, 'resolved', ['raised', 'acknowledged']);

/** Acknowledges those of an incident that nobody has, and returns them. */
export async function acknowledgeIncident(
  manager: EntityManager,
  incident: string,
  { by, reason, at }: Decision,
): Promise<readonly Alert[]> {
  const rows = await manager.query<AlertRow[]>(
    `WITH unseen AS (
       SELECT alerts.id FROM alerts JOIN incident_alerts ON alert = alerts.id
       WHERE incident = $1 AND state = 'raised' ORDER BY alerts.id FOR UPDATE OF alerts
     ), decided AS (
       UPDATE alerts SET state = 'acknowledged', acknowledged_by = $2, acknowledged_reason = $3, acknowledged_at = $4
       FROM unseen WHERE alerts.id = unseen.id RETURNING alerts.*
     )
     SELECT * FROM decided`,
    [incident, by, reason, at],
  );
  return rows.map(fromRow);
}

async function decide(
  manager: EntityManager,
  id: string,
  { by, reason, at }: Decision,
  to: Exclude<AlertState, 'raised'>,
  from: readonly AlertState[],
): Promise<Alert | null> {
  const [row] = await manager.query<AlertRow[]>(
    `WITH decided AS (
       UPDATE alerts SET state = $2, ${to}_by = $3, ${to}_reason = $4, ${to}_at = $5
       WHERE id = $1 AND state = ANY($6::text[]) RETURNING *
     )
     SELECT * FROM decided`,
    [id, to, by, reason, at, from],
  );
  return row === undefined ? null : fromRow(row);
}
