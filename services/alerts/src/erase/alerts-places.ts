// Where the alerts service keeps what people wrote: the words of incidents' files, and reasons of decisions on alerts.

import type { ErasablePlace, FoundRow, Person } from '@unbroken/intake';
import type { ShipmentId } from '@unbroken/tokens';
import type { EntityManager } from 'typeorm';
import { ERASED, moveTextsOut } from '../incidents/incident-texts.js';

/** All that is done in one transaction of the caller's, which keeps holds from changing meanwhile. */
export const alertsPlaces = (manager: EntityManager): readonly ErasablePlace[] => [texts(manager), reasons(manager)];

const texts = (manager: EntityManager): ErasablePlace => ({
  name: 'alerts.incident_texts: what was written in files of incidents, and salts',
  async find(person: Person): Promise<readonly FoundRow[]> {
    // A version of before this one, rolled back to, writes words into the file itself.
    await moveTextsOut(manager);
    const rows = await manager.query<{ incident: string; no: number; text: string }[]>(
      'SELECT incident, no, text FROM incident_texts',
    );
    const naming = rows.filter(({ text }) => person.isIn(...wordsIn(JSON.parse(text))));
    const about = await shipmentsOf(
      manager,
      naming.map(({ incident }) => incident),
    );
    return naming.map(({ incident, no }) => ({
      ...{ key: [incident, String(no)], sub: null, incident },
      about: about.get(incident) ?? [],
    }));
  },
  async erase(keys): Promise<void> {
    await manager.query(
      `DELETE FROM incident_texts USING unnest($1::uuid[], $2::integer[]) AS gone (incident, no)
       WHERE incident_texts.incident = gone.incident AND incident_texts.no = gone.no`,
      [keys.map(([incident]) => incident), keys.map(([, no]) => Number(no))],
    );
  },
});

async function shipmentsOf(
  manager: EntityManager,
  incidents: readonly string[],
): Promise<ReadonlyMap<string, readonly ShipmentId[]>> {
  const rows = await manager.query<{ incident: string; subs: ShipmentId[] }[]>(
    `SELECT incident, array_agg(DISTINCT sub) AS subs FROM incident_alerts JOIN alerts ON alerts.id = alert
     WHERE incident = ANY($1::uuid[]) AND sub NOT LIKE '%/%' GROUP BY incident`,
    [incidents],
  );
  return new Map(rows.map(({ incident, subs }) => [incident, subs]));
}

/** Every string in it, as it was written and not as JSON escapes it. */
const wordsIn = (value: unknown): string[] => {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(wordsIn) : [];
};

const columns = ['acknowledged_reason', 'assigned_reason', 'resolved_reason'] as const;

const reasons = (manager: EntityManager): ErasablePlace => ({
  name: 'alerts.alerts: reasons of decisions',
  async find(person: Person): Promise<readonly FoundRow[]> {
    const rows = await manager.query<({ id: string; sub: string } & Record<(typeof columns)[number], string | null>)[]>(
      `SELECT id, sub, ${columns.join(', ')} FROM alerts WHERE COALESCE(${columns.join(', ')}) IS NOT NULL`,
    );
    return rows.flatMap(({ id, sub, ...row }) =>
      columns
        .filter((column) => person.isIn(row[column]))
        .map((column) => ({ key: [id, column], sub: sub.includes('/') ? null : (sub as ShipmentId) })),
    );
  },
  async erase(keys): Promise<void> {
    for (const column of columns)
      await manager.query(`UPDATE alerts SET ${column} = $2 WHERE id = ANY($1::uuid[])`, [
        keys.filter(([, name]) => name === column).map(([id]) => id),
        ERASED,
      ]);
  },
});
