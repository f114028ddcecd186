// An incident that a person opens: whose it is, what its acts do, and that its file is only added to.

import { expect, it } from '@jest/globals';
import { openDatabase } from '@unbroken/platform';
import { waitFor } from '@unbroken/testing';
import { alertsMigrations } from '../migrations/index.js';
import { codeOf } from './fixture/incident-house.js';
import type { IncidentHouse } from './fixture/incident-house.js';

const NOBODY = '00000000-0000-4000-8000-000000000000';

export function openedTests(at: () => IncidentHouse): void {
  it('of alerts that its party is told of → with its file; others’ alerts, or another party → refused', async () => {
    const { house, parties, asked, opened, wrongParty } = at();
    const { shipment, alert } = await wrongParty();
    const { sender, courier, stranger } = parties;
    const incident = await opened(sender, alert);
    expect(incident).toMatchObject({
      owner: sender.id,
      kind: 'opened',
      alerts: 1,
      shipments: [shipment.sub],
      state: 'open',
    });
    expect(incident.file).toMatchObject([
      { no: 1, by: sender.id, kid: sender.device.kid, act: 'open', reason: 'The envelope is open.' },
    ]);
    expect(await codeOf(await asked(courier, `incidents/${incident.id}`))).toEqual([404, 'incident.unknown']);
    const act = { act: 'note', text: 'Hello.', reason: 'To see.' };
    expect(await codeOf(await asked(courier, `incidents/${incident.id}/acts`, act))).toEqual([404, 'incident.unknown']);
    expect(await codeOf(await house.request('incidents'))).toEqual([401, 'access.missing']);
    const foreign = { alerts: [alert.id, NOBODY], reason: 'x' };
    expect(await codeOf(await asked(stranger, 'incidents', foreign))).toEqual([422, 'incident.alerts']);
    const nameless = { alerts: [alert.id] };
    expect(await codeOf(await asked(sender, 'incidents', nameless))).toEqual([400, 'body.form']);
    // Another party concerned keeps an incident of its own.
    expect((await opened(courier, alert)).owner).toBe(courier.id);
  });

  it('acknowledged → all of its alerts are, by the party, with the reason', async () => {
    const { house, parties, opened, did, wrongParty } = at();
    const { shipment } = await wrongParty();
    const alerts = await waitFor(
      async () => {
        const all = await house.alerts(shipment.sub);
        return all.length === 2 ? all : undefined;
      },
      { what: 'both alerts' },
    );
    const { id } = await opened(parties.sender, ...alerts);
    await did(parties.sender, id, { act: 'acknowledge', reason: 'Courier is on the way.' });
    for (const alert of await house.alerts(shipment.sub))
      expect(alert).toMatchObject({
        state: 'acknowledged',
        acknowledged: { by: parties.sender.id, reason: 'Courier is on the way.' },
      });
  });

  it('held → its chains are for erasure to leave alone, until released', async () => {
    const { house, parties, asked, opened, did, wrongParty } = at();
    const { shipment, alert } = await wrongParty();
    const { id } = await opened(parties.sender, alert);
    const held = async () => ((await (await house.request(`holds/${shipment.sub}`)).json()) as { held: boolean }).held;
    expect(await held()).toBe(false);
    expect((await did(parties.sender, id, { act: 'hold', reason: 'The authority asks.' })).held).toBe(true);
    expect(await held()).toBe(true);
    expect(await codeOf(await asked(parties.sender, `incidents/${id}/acts`, { act: 'hold', reason: 'x' }))).toEqual([
      409,
      'incident.held',
    ]);
    await did(parties.sender, id, { act: 'release-hold', reason: 'The case is over.' });
    expect(await held()).toBe(false);
  });

  it('its file → only ever added to, also by the service itself', async () => {
    const { house, parties, opened, did, wrongParty } = at();
    const { alert } = await wrongParty();
    const { id } = await opened(parties.sender, alert);
    const database = await openDatabase({
      service: 'alerts',
      settings: house.settings,
      entities: [],
      migrations: [...alertsMigrations],
      poolSize: 1,
    });
    try {
      for (const change of [
        `UPDATE incident_acts SET reason = 'x'`,
        'DELETE FROM incident_acts',
        'TRUNCATE incident_acts',
      ])
        await expect(database.query(change)).rejects.toThrow('only added to');
    } finally {
      await database.destroy();
    }
    expect(
      (await did(parties.sender, id, { act: 'note', text: 'Called them.\nThey look.', reason: 'Phone.' })).file,
    ).toHaveLength(2);
  });
}
