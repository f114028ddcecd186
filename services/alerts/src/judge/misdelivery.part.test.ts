// What a parcel in the wrong hands, or at the wrong place, becomes.

import { expect, it } from '@jest/globals';
import type { PeopledHouse } from '../fixture/peopled-house.js';

export function misdeliveryTests(at: () => PeopledHouse): void {
  it('accepted by another than the release names → wrong-party and off-route, told to everybody concerned', async () => {
    const { house, sender, courier, receiver, stranger, parcel } = at();
    const shipment = await parcel();
    await shipment.handOver(sender, courier);
    await shipment.add(courier, 'released', { to: receiver.id, mode: 'meet' });
    await shipment.add(stranger, 'accepted', { cond: 'ok' });

    const alert = await house.alert(shipment.sub, 'misdelivery.wrong-party');
    await house.alert(shipment.sub, 'misdelivery.off-route');

    expect(alert).toMatchObject({ severity: 'critical', responsible: courier.id, state: 'raised' });
    expect([...alert.parties].sort()).toEqual([sender, courier, receiver, stranger].map(({ id }) => id).sort());
    expect(alert.sentence).toBe(
      'The visa-centre accepted the parcel, which The royal-mail had offered to The statistics.',
    );
    expect(alert.next[0]).toBe('Call the party that holds it now.');
  });

  it('handed to the consignee 500 m from its place → wrong-place', async () => {
    const { house, sender, courier, receiver, parcel } = at();
    const shipment = await parcel();
    await shipment.handOver(sender, courier);
    await shipment.add(courier, 'released', { to: receiver.id, mode: 'meet', off: 500 });

    const alert = await house.alert(shipment.sub, 'misdelivery.wrong-place');
    expect(alert.sentence).toBe(
      'The royal-mail signed the hand-off to The statistics up to 500 m away from their place.',
    );
  });

  it('off the route, and a redirect signed before arrives late → resolves itself', async () => {
    const { house, sender, courier, receiver, parcel } = at();
    const shipment = await parcel({ via: [] });
    const redirect = await shipment.sign(sender, 'redirected', { to: receiver.id, via: [courier.id] });
    house.clock.advance(1000);
    await shipment.handOver(sender, courier);
    await house.alert(shipment.sub, 'misdelivery.off-route');

    await house.ledger.record(redirect.token);

    const resolved = await house.alert(shipment.sub, 'misdelivery.off-route', 'resolved');
    expect(resolved.resolved).toMatchObject({ by: null, reason: expect.stringContaining('no longer holds') });
    expect(await house.alerts(shipment.sub, 'open')).toEqual([]);
  });
}
