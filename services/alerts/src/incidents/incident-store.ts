// Incidents in the database. Whatever changes one locks its row first, so that its file is numbered without holes.

import type { AlertCode, Incident } from '@unbroken/contracts';
import type { Hash, PartyId, ShipmentId } from '@unbroken/tokens';
import type { EntityManager } from 'typeorm';
import type { Act } from './incident-state.js';
import { stateOf } from './incident-state.js';
import { committed, keepText, partedAct, wholeAct } from './incident-texts.js';

export interface IncidentRow {
  readonly id: string;
  readonly owner: PartyId;
  readonly kind: Incident['kind'];
  readonly code: AlertCode | null;
  readonly opened_at: Date;
  readonly held: boolean;
  readonly closed_at: Date | null;
}

/** A new one, with its alerts and the first line of its file. */
export async function openIncident(
  manager: EntityManager,
  {
    owner,
    kind,
    code,
    alerts,
    act,
  }: Pick<IncidentRow, 'owner' | 'kind' | 'code'> & {
    readonly alerts: readonly string[];
    readonly act: Omit<Act, 'no'>;
  },
): Promise<string> {
  const [row] = await manager.query<{ id: string }[]>(
    `INSERT INTO incidents (owner, kind, code, cause, opened_at, latest_at)
     VALUES ($1, $2, $3, $4, $5, $5) RETURNING id`,
    [owner, kind, code, kind === 'storm' ? owner : null, act.at],
  );
  if (row === undefined) throw new Error('an incident was not kept');
  await addAlerts(manager, row.id, alerts);
  await addAct(manager, row.id, act);
  return row.id;
}

export async function addAlerts(manager: EntityManager, incident: string, alerts: readonly string[]): Promise<void> {
  await manager.query(
    'INSERT INTO incident_alerts (incident, alert) SELECT $1, unnest($2::uuid[]) ON CONFLICT DO NOTHING',
    [incident, alerts],
  );
}

/** The next line of its file. The caller has locked it, or just made it. */
export async function addAct(manager: EntityManager, incident: string, act: Omit<Act, 'no'>): Promise<void> {
  const { text, rest } = partedAct(act);
  const { salt, commitment } = committed(text);
  const [added] = await manager.query<{ no: number }[]>(
    `INSERT INTO incident_acts (incident, no, at, by, kid, person, act, reason, detail, commitment)
     SELECT $1, 1 + count(*), $2, $3, $4, $5, $6, '', $7, $8 FROM incident_acts WHERE incident = $1 RETURNING no`,
    [incident, act.at, act.by, act.kid, act.person, act.act, JSON.stringify(rest), commitment],
  );
  if (added === undefined) throw new Error('an act was not kept');
  await keepText(manager, { incident, no: added.no, salt, text });
}

/** One of the party's; undefined where there is none. It stays locked until the transaction ends. */
export async function lockIncident(
  manager: EntityManager,
  id: string,
  owner: PartyId,
): Promise<IncidentRow | undefined> {
  const [row] = await manager.query<IncidentRow[]>('SELECT * FROM incidents WHERE id = $1 AND owner = $2 FOR UPDATE', [
    id,
    owner,
  ]);
  return row;
}

/** The party's, newest first: all, or the one of this id. */
export const incidentsOf = (manager: EntityManager, owner: PartyId, id?: string): Promise<IncidentRow[]> =>
  manager.query<IncidentRow[]>(
    `SELECT * FROM incidents WHERE owner = $1 AND ($2::uuid IS NULL OR id = $2)
     ORDER BY closed_at IS NOT NULL, opened_at DESC, id LIMIT 500`,
    [owner, id ?? null],
  );

interface ActRow {
  readonly incident: string;
  readonly commitment: Hash | null;
  /** Null where it was erased. */
  readonly text: string | null;
}

/** Of each of these incidents its file, in order. */
export async function filesOf(
  manager: EntityManager,
  incidents: readonly string[],
): Promise<ReadonlyMap<string, readonly Act[]>> {
  const rows = await manager.query<(Act & ActRow)[]>(
    `SELECT acts.*, text FROM incident_acts AS acts LEFT JOIN incident_texts USING (incident, no)
     WHERE incident = ANY($1::uuid[]) ORDER BY incident, no`,
    [incidents],
  );
  const files = new Map<string, Act[]>(incidents.map((id) => [id, []]));
  for (const { incident, commitment, text, ...act } of rows)
    files.get(incident)?.push(wholeAct(act, { commitment, text }));
  return files;
}

/** So many chains of an incident are named, and their exposure computed; all are counted. */
const SHOWN_CHAINS = 100;

/** As people and programs are shown them, in the same order. */
export async function shownIncidents(
  manager: EntityManager,
  rows: readonly IncidentRow[],
  files: ReadonlyMap<string, readonly Act[]>,
): Promise<Incident[]> {
  const counts = await manager.query<Counts[]>(
    `SELECT incident, count(*)::integer AS alerts, count(*) FILTER (WHERE state <> 'resolved')::integer AS open,
            count(DISTINCT sub) FILTER (WHERE sub NOT LIKE '%/%')::integer AS chains,
            (array_agg(DISTINCT sub) FILTER (WHERE sub NOT LIKE '%/%'))[1:${SHOWN_CHAINS}] AS shipments
     FROM incident_alerts JOIN alerts ON alerts.id = alert WHERE incident = ANY($1::uuid[]) GROUP BY incident`,
    [rows.map(({ id }) => id)],
  );
  const byId = new Map(counts.map((count) => [count.incident, count]));
  return rows.map(({ id, owner, kind, code, opened_at, held }) => {
    const state = stateOf(files.get(id) ?? []);
    const count = byId.get(id);
    return {
      id,
      owner,
      kind,
      code,
      openedAt: opened_at.toISOString(),
      state: state.closed ? 'closed' : 'open',
      alerts: count?.alerts ?? 0,
      openAlerts: count?.open ?? 0,
      shipments: count?.shipments ?? [],
      shipmentCount: count?.chains ?? 0,
      held,
      clock: state.clock,
      phases: state.phases.length,
    };
  });
}

interface Counts {
  readonly incident: string;
  readonly alerts: number;
  readonly open: number;
  readonly chains: number;
  readonly shipments: ShipmentId[] | null;
}

/** Whether any incident holds the chain: erasure must leave it, and whatever opens its commitments, alone. */
export async function isHeld(manager: EntityManager, sub: ShipmentId): Promise<boolean> {
  const [row] = await manager.query<{ held: boolean }[]>(
    `SELECT EXISTS (
       SELECT FROM incidents JOIN incident_alerts ON incident = incidents.id JOIN alerts ON alerts.id = alert
       WHERE held AND alerts.sub = $1
     ) AS held`,
    [sub],
  );
  return row?.held ?? false;
}
