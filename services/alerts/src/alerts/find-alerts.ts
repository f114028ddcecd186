// Reads alerts: one, those of some chains, or a page of them, newest first.

import type { AlertsQuery } from '@unbroken/contracts';
import type { ShipmentId } from '@unbroken/tokens';
import type { EntityManager } from 'typeorm';
import type { Alert } from './alert.js';
import { fromRow } from './alert-row.js';
import type { AlertRow } from './alert-row.js';
import { readCursor, writeCursor } from './cursor.js';

export async function findAlert(manager: EntityManager, id: string): Promise<Alert | null> {
  const [row] = await manager.query<AlertRow[]>('SELECT * FROM alerts WHERE id = $1', [id]);
  return row === undefined ? null : fromRow(row);
}

/** Those of these ids that there are, in no order. */
export async function alertsOf(manager: EntityManager, ids: readonly string[]): Promise<readonly Alert[]> {
  if (ids.length === 0) return [];
  const rows = await manager.query<AlertRow[]>('SELECT * FROM alerts WHERE id = ANY($1::uuid[])', [ids]);
  return rows.map(fromRow);
}

/** Everything raised or acknowledged in these chains. */
export async function openAlerts(manager: EntityManager, subs: readonly ShipmentId[]): Promise<readonly Alert[]> {
  if (subs.length === 0) return [];
  const rows = await manager.query<AlertRow[]>(
    `SELECT * FROM alerts WHERE sub = ANY($1::text[]) AND state <> 'resolved'`,
    [subs],
  );
  return rows.map(fromRow);
}

/** One page; `cursor` is null on the last. */
export async function findAlerts(
  manager: EntityManager,
  query: AlertsQuery,
): Promise<{ readonly alerts: readonly Alert[]; readonly cursor: string | null }> {
  const values: unknown[] = [];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const where = ['true'];
  if (query.state === 'open') where.push(`state <> 'resolved'`);
  else if (query.state !== 'all') where.push(`state = ${bind(query.state)}`);
  if (query.sub !== undefined) where.push(`sub = ${bind(query.sub)}`);
  if (query.party !== undefined) where.push(`parties @> ARRAY[${bind(query.party)}::text]`);
  if (query.cursor !== undefined) {
    const after = readCursor(query.cursor);
    where.push(`(raised_at, id) < (${bind(after.raisedAt)}::timestamptz, ${bind(after.id)}::uuid)`);
  }
  const rows = await manager.query<AlertRow[]>(
    `SELECT * FROM alerts WHERE ${where.join(' AND ')}
     ORDER BY raised_at DESC, id DESC LIMIT ${bind(query.limit + 1)}`,
    values,
  );
  const alerts = rows.slice(0, query.limit).map(fromRow);
  const last = alerts.at(-1);
  return { alerts, cursor: rows.length > query.limit && last !== undefined ? writeCursor(last) : null };
}
