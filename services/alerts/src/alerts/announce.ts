// Tells the other services of an alert's present state, over custody.alerts.v1.

import { alertKey } from '@unbroken/contracts';
import type { AlertRecord } from '@unbroken/contracts';
import type { OutboxRow } from '@unbroken/platform';
import type { Alert } from './alert.js';

/** What everybody may know of an alert: no free text, see the contract. */
export function alertRecordOf(alert: Alert): AlertRecord {
  const { id, code, severity, sub, tid, state, parties, responsible, dueAt, late, assigned, acknowledged, resolved } =
    alert;
  return {
    id,
    code,
    severity,
    sub,
    tid,
    raisedAt: alert.raisedAt.toISOString(),
    state,
    parties: [...parties],
    responsible,
    ...(dueAt === null ? {} : { dueAt: dueAt.toISOString() }),
    ...(late ? { late } : {}),
    ...(assigned === null ? {} : { assigned: { to: assigned.to, by: assigned.by, at: assigned.at.toISOString() } }),
    ...(acknowledged?.by ? { acknowledged: { by: acknowledged.by, at: acknowledged.at.toISOString() } } : {}),
    ...(resolved === null ? {} : { resolved: { by: resolved.by, at: resolved.at.toISOString() } }),
  };
}

/** The outbox row of an alert: keyed by the alert, so that compaction keeps the last state of each. */
export const announcement = (alert: Alert): OutboxRow => ({
  topic: 'custody.alerts.v1',
  key: alertKey(alert),
  value: Buffer.from(JSON.stringify(alertRecordOf(alert))),
  headers: {},
});
