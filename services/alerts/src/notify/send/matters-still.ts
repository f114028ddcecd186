// What a message was to tell may be over when it goes: a night has passed, or somebody is on it. Looked at before every
// attempt, so that nobody is woken for what is settled.

import type { EntityManager } from 'typeorm';
import type { Alert } from '../../alerts/alert.js';
import { fromRow } from '../../alerts/alert-row.js';
import type { AlertRow } from '../../alerts/alert-row.js';
import type { Change } from '../decide/notice.js';
import type { NotificationRow } from '../notification-row.js';

const holds: Readonly<Record<Change, string>> = {
  raised: `alerts.state <> 'resolved'`,
  assigned: `alerts.state <> 'resolved'`,
  escalated: `alerts.state = 'raised'`,
  // Good news for those alone who have heard the bad.
  resolved: `alerts.state = 'resolved' AND EXISTS (
    SELECT FROM notification_alerts JOIN notifications ON notifications.id = notification
    WHERE notification_alerts.alert = alerts.id AND (party, contact) = ($2, $3)
      AND notifications.change <> 'resolved' AND notifications.state = 'delivered')`,
};

/** The alerts of the message that it must still tell of, the first raised first. */
export async function alertsThatMatter(
  manager: EntityManager,
  { id, change, party, contact }: NotificationRow,
): Promise<readonly Alert[]> {
  const rows = await manager.query<AlertRow[]>(
    `SELECT alerts.* FROM alerts JOIN notification_alerts ON alert = alerts.id
     WHERE notification = $1 AND $2::text IS NOT NULL AND $3::text IS NOT NULL AND ${holds[change]}
     ORDER BY alerts.raised_at, alerts.id`,
    [id, party, contact],
  );
  return rows.map(fromRow);
}
