// How the contacts of an alert were told, out of the tables.

import type { Notification } from '@unbroken/contracts';
import type { EntityManager } from 'typeorm';
import type { NotificationRow } from '../notification-row.js';

/** With how many alerts share the message. */
export type Told = NotificationRow & { readonly alerts: number };

/** By alert, the first due first; an alert that nobody is told of is left out. */
export async function toldOf(
  manager: EntityManager,
  alerts: readonly string[],
): Promise<ReadonlyMap<string, readonly Told[]>> {
  if (alerts.length === 0) return new Map();
  const rows = await manager.query<(Told & { readonly alert: string })[]>(
    `SELECT notifications.*, one.alert,
            (SELECT count(*)::integer FROM notification_alerts AS every WHERE every.notification = id) AS alerts
     FROM notification_alerts AS one JOIN notifications ON id = notification
     WHERE one.alert = ANY($1::uuid[]) ORDER BY due_at, party, contact, id`,
    [alerts],
  );
  const told = new Map<string, Told[]>();
  for (const { alert, ...row } of rows) told.set(alert, [...(told.get(alert) ?? []), row]);
  return told;
}

/** Every attempt of these messages, in order. */
export async function attemptsOf(
  manager: EntityManager,
  notifications: readonly string[],
): Promise<ReadonlyMap<string, Notification['attempts']>> {
  const rows = await manager.query<{ notification: string; at: Date; outcome: string }[]>(
    'SELECT notification, at, outcome FROM notification_attempts WHERE notification = ANY($1::uuid[]) ORDER BY no',
    [notifications],
  );
  const attempts = new Map<string, Notification['attempts']>();
  for (const { notification, at, outcome } of rows)
    attempts.set(notification, [...(attempts.get(notification) ?? []), { at: at.toISOString(), outcome }]);
  return attempts;
}
