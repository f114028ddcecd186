// What finders say becomes, however often it is said.

import { expect, it } from '@jest/globals';
import type { PeopledHouse } from '../fixture/peopled-house.js';

export function findersTests(at: () => PeopledHouse): void {
  const says = { opened: 'yes', mine: false, left: 'kept-closed' };
  const ofFinders = async (sub: string) =>
    (await at().house.alerts(sub)).filter(({ code }) => code === 'misdelivery.stranger').map(({ state }) => state);

  it('several say that it is not theirs → one open alert; told again after a person resolved it → the next', async () => {
    const { house, sender, courier, parcel } = at();
    const desk = await house.ledger.party('finder-desk', ['finder-desk']);
    const shipment = await parcel();
    await shipment.handOver(sender, courier);
    const first = await shipment.add(desk, 'found', says);
    const alert = await house.alert(shipment.sub, 'misdelivery.stranger');
    expect(alert).toMatchObject({
      tid: first,
      sentence:
        'A finder says that the parcel is with them, opened, and that it is not meant for them. Nobody has verified it.',
    });
    await shipment.add(desk, 'found', says);
    // Has the whole chain judged again.
    await shipment.add(courier, 'witnessed', { of: first });
    await shipment.add(courier, 'reported', { what: 'damaged' });
    await house.alert(shipment.sub, 'parcel.damaged');
    expect(await ofFinders(shipment.sub)).toEqual(['raised']);

    house.clock.advance(1000);
    await house.request(`alerts/${alert.id}/resolve`, { by: sender.id, reason: 'called back' });
    await shipment.add(courier, 'witnessed', { of: first });
    await shipment.add(courier, 'reported', { what: 'opened' });
    await house.alert(shipment.sub, 'parcel.opened');
    expect(await ofFinders(shipment.sub)).toEqual(['resolved']);

    house.clock.advance(1000);
    const third = await shipment.add(desk, 'found', { ...says, opened: 'no' });
    expect((await house.alert(shipment.sub, 'misdelivery.stranger')).tid).toBe(third);
    expect((await ofFinders(shipment.sub)).sort()).toEqual(['raised', 'resolved']);
  });
}
