// An alert's row and the alert it stands for.

import type { AlertCode, AlertState, AlertSubject, Severity } from '@unbroken/contracts';
import type { PartyId, TokenId } from '@unbroken/tokens';
import type { Alert, Assignment, Decision } from './alert.js';

export interface AlertRow {
  readonly id: string;
  readonly sub: AlertSubject;
  readonly tid: TokenId;
  readonly code: AlertCode;
  readonly severity: Severity;
  readonly refusal: string | null;
  readonly parties: readonly PartyId[];
  readonly responsible: PartyId | null;
  readonly due_at: Date | null;
  readonly late: boolean;
  readonly raised_at: Date;
  readonly state: AlertState;
  readonly assigned_to: PartyId | null;
  readonly assigned_contact: string | null;
  readonly assigned_by: PartyId | null;
  readonly assigned_reason: string | null;
  readonly assigned_at: Date | null;
  readonly acknowledged_by: PartyId | null;
  readonly acknowledged_reason: string | null;
  readonly acknowledged_at: Date | null;
  readonly resolved_by: PartyId | null;
  readonly resolved_reason: string | null;
  readonly resolved_at: Date | null;
}

export const fromRow = (row: AlertRow): Alert => ({
  id: row.id,
  sub: row.sub,
  tid: row.tid,
  code: row.code,
  severity: row.severity,
  refusal: row.refusal,
  parties: row.parties,
  responsible: row.responsible,
  dueAt: row.due_at,
  late: row.late,
  raisedAt: row.raised_at,
  state: row.state,
  assigned: assignment(row),
  acknowledged: decision(row.acknowledged_by, row.acknowledged_reason, row.acknowledged_at),
  resolved: decision(row.resolved_by, row.resolved_reason, row.resolved_at),
});

const assignment = (row: AlertRow): Assignment | null =>
  row.assigned_to === null || row.assigned_by === null || row.assigned_at === null
    ? null
    : {
        to: row.assigned_to,
        contact: row.assigned_contact,
        by: row.assigned_by,
        reason: row.assigned_reason ?? '',
        at: row.assigned_at,
      };

const decision = (by: PartyId | null, reason: string | null, at: Date | null): Decision | null =>
  at === null ? null : { by, reason: reason ?? '', at };
