// A thousand parcels of one lost van are one incident: alerts of one code with one responsible party, raised within minutes.
// Grouped in the transaction that raises them, so that nobody is told of them one by one.

import { isAboutParcel } from '@unbroken/contracts';
import type { AlertCode } from '@unbroken/contracts';
import type { PartyId } from '@unbroken/tokens';
import type { EntityManager } from 'typeorm';
import type { Alert } from '../alerts/alert.js';
import { addAlerts, openIncident } from './incident-store.js';

/** So many of a kind within so long are a storm, which goes on until none has come for as long. */
const STORM_SIZE = 20;
const STORM_MS = 10 * 60_000;

/** Anybody may say this of any parcel: twenty lies put no incident into a party's register. */
const BY_STRANGERS: ReadonlySet<AlertCode> = new Set<AlertCode>(['misdelivery.stranger']);

interface Group {
  readonly code: AlertCode;
  readonly cause: PartyId;
  readonly alerts: readonly string[];
}

/**
 * Puts raised alerts into the storms that they belong to, and begins one where there are enough of a kind. Returns the ids of
 * those that are in one now. Within the caller's transaction: a crash before its commit keeps nothing. `now` in milliseconds.
 */
export async function gatherStorms(
  manager: EntityManager,
  alerts: readonly Alert[],
  now: number,
): Promise<ReadonlySet<string>> {
  const groups = groupsOf(alerts);
  if (groups.length === 0) return new Set();
  const since = new Date(now - STORM_MS);
  const known = await manager.query<{ code: string; cause: string; storm: string | null; size: number }[]>(
    `SELECT code, cause,
            (SELECT id FROM incidents WHERE kind = 'storm' AND closed_at IS NULL AND latest_at >= $3
               AND (incidents.code, incidents.cause) = (kind_of.code, kind_of.cause)
             ORDER BY opened_at LIMIT 1) AS storm,
            (SELECT count(*)::integer FROM alerts WHERE (alerts.code, responsible) = (kind_of.code, kind_of.cause)
               AND raised_at >= $3 AND sub NOT LIKE '%/%') AS size
     FROM unnest($1::text[], $2::text[]) AS kind_of (code, cause)`,
    [groups.map(({ code }) => code), groups.map(({ cause }) => cause), since],
  );
  const stormy = new Set<string>();
  for (const group of groups) {
    const found = known.find(({ code, cause }) => code === group.code && cause === group.cause);
    if (found === undefined || (found.storm === null && found.size < STORM_SIZE)) continue;
    if (found.storm === null) await begin(manager, group, since, now);
    else await join(manager, found.storm, group, now);
    for (const id of group.alerts) stormy.add(id);
  }
  return stormy;
}

/** In one order everywhere, so that two transactions never wait for each other. */
function groupsOf(alerts: readonly Alert[]): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const alert of alerts) {
    const { code, responsible: cause, state, id } = alert;
    if (state !== 'raised' || cause === null || !isAboutParcel(alert) || BY_STRANGERS.has(code)) continue;
    const key = `${code} ${cause}`;
    groups.set(key, { code, cause, alerts: [...(groups.get(key)?.alerts ?? []), id] });
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
}

async function join(manager: EntityManager, storm: string, { alerts }: Group, now: number): Promise<void> {
  await manager.query('UPDATE incidents SET latest_at = greatest(latest_at, $2) WHERE id = $1', [storm, new Date(now)]);
  await addAlerts(manager, storm, alerts);
}

/** With those of its kind that were raised before there were enough; by whichever process comes first. */
async function begin(manager: EntityManager, group: Group, since: Date, now: number): Promise<void> {
  const { code, cause } = group;
  await manager.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`storm ${code} ${cause}`]);
  const [other] = await manager.query<{ id: string }[]>(
    `SELECT id FROM incidents WHERE kind = 'storm' AND closed_at IS NULL AND latest_at >= $3 AND (code, cause) = ($1, $2)`,
    [code, cause, since],
  );
  if (other !== undefined) return join(manager, other.id, group, now);
  const before = await manager.query<{ id: string }[]>(
    `SELECT id FROM alerts WHERE (code, responsible) = ($1, $2) AND raised_at >= $3 AND sub NOT LIKE '%/%'`,
    [code, cause, since],
  );
  const reason = `${before.length} alerts ${code} came up within ${STORM_MS / 60_000} minutes, with one party responsible.`;
  const act = { at: new Date(now), by: null, kid: null, person: null, act: 'open', reason, detail: {} } as const;
  await openIncident(manager, { owner: cause, kind: 'storm', code, alerts: before.map(({ id }) => id), act });
}
