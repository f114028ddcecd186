// Figures for Prometheus.

import { counter } from '@unbroken/platform';
import type { Alert } from './alert.js';

const changes = counter('unbroken_alert_changes_total', 'Alerts raised, acknowledged and resolved', ['code', 'state']);

export function countChanges(alerts: readonly Alert[]): void {
  for (const { code, state } of alerts) changes.inc({ code, state });
}
