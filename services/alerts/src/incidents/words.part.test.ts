// What is written in the file of an incident lies beside it, and can be erased.

import { expect, it } from '@jest/globals';
import { incidentFile } from '@unbroken/contracts';
import { Person } from '@unbroken/intake';
import { openDatabase } from '@unbroken/platform';
import { alertsPlaces } from '../erase/alerts-places.js';
import type { IncidentHouse } from './fixture/incident-house.js';

export function wordsTests(at: () => IncidentHouse): void {
  it('→ erased, the file is as it was and says so; written by a version before, the same', async () => {
    const { house, parties, asked, opened, did, wrongParty } = at();
    const { alert } = await wrongParty();
    const { id } = await opened(parties.sender, alert);
    await did(parties.sender, id, { act: 'note', text: 'Jane Doe, of the visa centre.', reason: 'Phone.' });
    const reasons = async () =>
      incidentFile
        .parse(await (await asked(parties.sender, `incidents/${id}`)).json())
        .file.map(({ reason }) => reason);
    const database = await openDatabase({
      ...{ service: 'alerts', settings: house.settings, entities: [], migrations: [], poolSize: 1 },
    });
    const acts = () =>
      database.query<{ no: number; commitment: string | null }[]>(
        'SELECT no, commitment, reason, detail FROM incident_acts WHERE incident = $1 ORDER BY no',
        [id],
      );
    const erased = (name: string) =>
      database.transaction(async (manager) => {
        const [texts] = alertsPlaces(manager);
        const found = (await texts?.find(new Person([name])))?.filter(({ incident }) => incident === id) ?? [];
        await texts?.erase(found.map(({ key }) => key));
        return found;
      });
    try {
      await database.query(
        `INSERT INTO incident_acts (incident, no, at, act, reason, detail) VALUES ($1, 3, now(), 'note', 'Of Jane Doe.', '{}')`,
        [id],
      );
      expect(JSON.stringify((await acts()).slice(0, 2))).not.toMatch(/Jane|Phone|envelope/);
      expect(await reasons()).toEqual(['The envelope is open.', 'Phone.', 'Of Jane Doe.']);
      expect(await erased('Jane Do')).toEqual([]);
      const before = await acts();
      expect(before.map(({ commitment }) => commitment)).toEqual(
        before.map(() => expect.stringMatching(/^[\w-]{43}$/)),
      );
      expect(await erased('jane doe')).toHaveLength(2);
      expect(await reasons()).toEqual(['The envelope is open.', '(erased)', '(erased)']);
      expect(await acts()).toEqual(before);
    } finally {
      await database.destroy();
    }
  });
}
