// Makes alerts of findings that hold, in one statement.

import { playbook } from '@unbroken/words';
import type { EntityManager } from 'typeorm';
import { alertId } from './alert-id.js';
import type { Alert, Holding } from './alert.js';
import { fromRow } from './alert-row.js';
import type { AlertRow } from './alert-row.js';

/**
 * Raises those that are not alerts yet and returns these alone. One that had resolved itself and holds again is raised
 * again; what a person has resolved stays resolved. `at` in milliseconds: the same of all, or of each its own.
 */
export async function raiseAlerts(
  manager: EntityManager,
  findings: readonly Holding[],
  at: number | ((finding: Holding) => number),
): Promise<readonly Alert[]> {
  // In one order everywhere, so that two transactions never wait for each other; and each once, as the statement asks.
  const wanted = [...new Map(findings.map((finding) => [alertId(finding), finding]))].sort(([a], [b]) =>
    a < b ? -1 : 1,
  );
  if (wanted.length === 0) return [];
  const rows = await manager.query<AlertRow[]>(
    `INSERT INTO alerts AS known (id, sub, tid, code, severity, refusal, parties, responsible, due_at, late,
                                  raised_at, state)
     SELECT id, sub, tid, code, severity, refusal, string_to_array(parties, ' '), responsible, due_at, late,
            raised_at, 'raised'
     FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
                 $9::timestamptz[], $10::boolean[], $11::timestamptz[])
       AS finding (id, sub, tid, code, severity, refusal, parties, responsible, due_at, late, raised_at)
     ON CONFLICT (id) DO UPDATE SET
       state = 'raised', raised_at = excluded.raised_at, parties = excluded.parties, responsible = excluded.responsible,
       due_at = excluded.due_at, late = excluded.late, assigned_to = NULL, assigned_contact = NULL, assigned_by = NULL,
       assigned_reason = NULL, assigned_at = NULL, acknowledged_by = NULL, acknowledged_reason = NULL,
       acknowledged_at = NULL, resolved_reason = NULL, resolved_at = NULL
     WHERE known.state = 'resolved' AND known.resolved_by IS NULL
     RETURNING *`,
    [
      wanted.map(([id]) => id),
      wanted.map(([, { sub }]) => sub),
      wanted.map(([, { tid }]) => tid),
      wanted.map(([, { code }]) => code),
      wanted.map(([, { code }]) => playbook[code].severity),
      wanted.map(([, { refusal }]) => refusal ?? null),
      wanted.map(([, { parties }]) => parties.join(' ')),
      wanted.map(([, { responsible }]) => responsible),
      wanted.map(([, { missed }]) => missed?.dueAt ?? null),
      wanted.map(([, { missed }]) => missed?.late ?? false),
      wanted.map(([, finding]) => new Date(typeof at === 'number' ? at : at(finding))),
    ],
  );
  return rows.map(fromRow);
}
