// A storm of alerts of one cause: one incident, one message.

import { expect, it } from '@jest/globals';
import { TestShipment } from '@unbroken/chains/fixture';
import { incidentsAnswer } from '@unbroken/contracts';
import type { NotificationsAnswer } from '@unbroken/contracts';
import { waitFor } from '@unbroken/testing';
import type { IncidentHouse } from './fixture/incident-house.js';

export function stormTests(at: () => IncidentHouse): void {
  it('1,000 parcels of one lost van → one incident with all of them, and one message', async () => {
    const { house, receiver, parties, asked, did } = at();
    const van = await house.ledger.party('van-line', ['sender', 'courier']);
    const shipments = await Promise.all(
      Array.from({ length: 1_000 }, () => TestShipment.register(house.ledger, van, { to: parties.receiver.id })),
    );
    await Promise.all(shipments.map((shipment) => shipment.add(van, 'reported', { what: 'lost' })));
    const mine = async () => incidentsAnswer.parse(await (await asked(van, 'incidents')).json()).incidents;
    const [storm] = await waitFor(
      async () => {
        const all = await mine();
        return all[0]?.alerts === 1_000 ? all : undefined;
      },
      { what: 'a thousand alerts in one incident', timeoutMs: 60_000 },
    );
    expect(await mine()).toMatchObject([{ kind: 'storm', code: 'parcel.lost', shipmentCount: 1_000, owner: van.id }]);
    house.clock.advance(3_000);
    await waitFor(() => receiver.at('/duty').length > 0, { what: 'a message' });
    // What comes minutes later is of the same storm, and is told within the hour, with all that has come by then.
    house.clock.advance(5 * 60_000);
    const late = await TestShipment.register(house.ledger, van, { to: parties.receiver.id });
    await late.add(van, 'reported', { what: 'lost' });
    const alert = await house.alert(late.sub, 'parcel.lost');
    const told = (await (await house.request(`alerts/${alert.id}/notifications`)).json()) as NotificationsAnswer;
    expect(Date.parse(told.notifications[0]?.dueAt ?? '') - house.clock.now()).toBeGreaterThan(30 * 60_000);
    expect(receiver.at('/duty').map(({ body }) => body.data.count)).toEqual([1_000]);
    expect((await mine())[0]?.alerts).toBe(1_001);
    // One decision for all of them.
    await did(van, storm?.id ?? '', { act: 'acknowledge', reason: 'The van is being looked for.' });
    expect(await house.alerts(late.sub, 'acknowledged')).toHaveLength(1);
  }, 90_000);

  it('fewer, or of several parties → no incident', async () => {
    const { house, parties, asked } = at();
    const [one, other] = [
      await house.ledger.party('one-line', ['sender']),
      await house.ledger.party('other-line', ['sender']),
    ];
    for (const van of [one, other]) {
      const few = await Promise.all(
        Array.from({ length: 19 }, () => TestShipment.register(house.ledger, van, { to: parties.receiver.id })),
      );
      for (const shipment of few) await shipment.add(van, 'reported', { what: 'lost' });
      await Promise.all(few.map(({ sub }) => house.alert(sub, 'parcel.lost')));
      expect(await (await asked(van, 'incidents')).json()).toEqual({ incidents: [] });
    }
  });
}
