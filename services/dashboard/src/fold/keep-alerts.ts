// Keeps the newest state of every alert. The topic is compacted, so only the last state of one is sure to come; and it
// is told at least once, so that an old state may come again after a newer one, and must not win.

import { alertRecord, alertStates, isAboutParcel } from '@unbroken/contracts';
import type { AlertRecord } from '@unbroken/contracts';
import { PoisonMessage, arrayLiteral } from '@unbroken/platform';
import type { RawMessage } from '@unbroken/platform';
import type { ShipmentId } from '@unbroken/tokens';
import type { EntityManager } from 'typeorm';
import type { OpenAlert } from './open-alert.js';

/**
 * Reads a message of custody.alerts.v1; null for a tombstone, and for what is not about a parcel: it has no row here.
 * @throws PoisonMessage when it is not an alert
 */
export function readAlert({ value, offset }: RawMessage): OpenAlert | null {
  if (value === null) return null;
  try {
    const alert = alertRecord.parse(JSON.parse(value.toString('utf8')));
    return isAboutParcel(alert) ? alert : null;
  } catch {
    throw new PoisonMessage(offset, 'not an alert');
  }
}

/** Returns the chains of those alerts that are in another state than before. */
export async function keepAlerts(manager: EntityManager, alerts: readonly OpenAlert[]): Promise<readonly ShipmentId[]> {
  const newest = newestOfEach(alerts);
  if (newest.length === 0) return [];
  const kept = await manager.query<{ sub: ShipmentId }[]>(
    `INSERT INTO alerts AS known (id, sub, raised_at, step, record)
     SELECT id, sub, raised_at, step, record::json
     FROM unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::smallint[], $5::text[])
       AS alert (id, sub, raised_at, step, record)
     ORDER BY id
     ON CONFLICT (id) DO UPDATE SET raised_at = excluded.raised_at, step = excluded.step, record = excluded.record
     WHERE (known.raised_at, known.step) < (excluded.raised_at, excluded.step)
     RETURNING sub`,
    [
      newest.map(({ id }) => id),
      newest.map(({ sub }) => sub),
      newest.map(({ raisedAt }) => raisedAt),
      newest.map(stepOf),
      newest.map((alert) => JSON.stringify(alert)),
    ],
  );
  return [...new Set(kept.map(({ sub }) => sub))];
}

/** The alerts of these chains that are not resolved. */
export async function openAlertsOf(
  manager: EntityManager,
  subs: readonly ShipmentId[],
): Promise<ReadonlyMap<ShipmentId, readonly OpenAlert[]>> {
  const rows = await manager.query<{ record: OpenAlert }[]>(
    'SELECT record FROM alerts WHERE sub = ANY($1::text[]) AND step < $2',
    [arrayLiteral(subs), alertStates.indexOf('resolved')],
  );
  const alerts = new Map<ShipmentId, OpenAlert[]>();
  for (const { record } of rows) {
    const known = alerts.get(record.sub);
    if (known === undefined) alerts.set(record.sub, [record]);
    else known.push(record);
  }
  return alerts;
}

const stepOf = ({ state }: AlertRecord): number => alertStates.indexOf(state);

/** One that resolved itself and is raised again begins a new life, with a later `raisedAt`. */
const isNewer = (alert: AlertRecord, known: AlertRecord): boolean =>
  (Date.parse(alert.raisedAt) - Date.parse(known.raisedAt) || stepOf(alert) - stepOf(known)) > 0;

function newestOfEach(alerts: readonly OpenAlert[]): readonly OpenAlert[] {
  const newest = new Map<string, OpenAlert>();
  for (const alert of alerts) {
    const known = newest.get(alert.id);
    if (known === undefined || isNewer(alert, known)) newest.set(alert.id, alert);
  }
  return [...newest.values()];
}
