// Figures for Prometheus.

import { counter, gauge } from '@unbroken/platform';
import type { Notification } from '@unbroken/contracts';
import type { Outcome } from './outcome.js';

const attempts = counter('unbroken_notification_attempts_total', 'Attempts to tell a contact of an alert', [
  'kind',
  'outcome',
]);

const unreached = gauge(
  'unbroken_notifications_unreached',
  'Messages about alerts that have not reached their contact for an hour and are still tried',
);

export const countAttempt = (kind: Notification['kind'], { reached }: Outcome): void =>
  attempts.inc({ kind, outcome: reached ? 'delivered' : 'failed' });

export const countUnreached = (count: number): void => unreached.set(count);
