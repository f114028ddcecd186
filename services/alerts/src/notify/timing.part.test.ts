// When people are told: much at once, and at night.

import { describe, expect, it } from '@jest/globals';
import { TestShipment } from '@unbroken/chains/fixture';
import type { Alert } from '@unbroken/contracts';
import { waitFor } from '@unbroken/testing';
import { GATHERED, HOUR, MINUTE } from './fixture/notified-house.js';
import type { NotifiedHouse } from './fixture/notified-house.js';

export function timingTests(at: () => NotifiedHouse): void {
  describe('many alerts of one cause', () => {
    it('raised together → one message with the first few and the count; what follows waits for the next minute', async () => {
      const { house, receiver, consignee, party, reported, notificationsOf, standing } = at();
      const stormy = await party('stormy');
      const before = receiver.at('/stormy').length;
      const shipments = await Promise.all(
        Array.from({ length: 15 }, () => TestShipment.register(house.ledger, stormy, { to: consignee.id })),
      );
      for (const shipment of shipments) await shipment.add(stormy, 'reported', { what: 'lost' });
      const alerts = await Promise.all(shipments.map(({ sub }) => house.alert(sub, 'parcel.lost')));
      house.clock.advance(GATHERED);
      const [first] = alerts as [Alert];
      const { notifications } = await standing(first, 'delivered');
      expect(notifications[0]?.alerts).toBe(15);

      const another = await reported(stormy);
      house.clock.advance(GATHERED);
      // It is not due: the next message of the same kind is a minute after the last.
      expect(Date.parse((await notificationsOf(another)).notifications[0]?.dueAt ?? '')).toBeGreaterThan(
        house.clock.now(),
      );
      house.clock.advance(MINUTE);
      await standing(another, 'delivered');

      const [storm, later, ...others] = receiver.at('/stormy').slice(before);
      expect(others).toEqual([]);
      expect(storm?.body.data).toMatchObject({ count: 15, alerts: { length: 5 } });
      expect([...(storm?.body.data.ids ?? [])].sort()).toEqual(alerts.map(({ id }) => id).sort());
      expect(later?.body.data.ids).toEqual([another.id]);
    });
  });

  describe('quiet hours', () => {
    it('what may wait waits until morning, and is not told if it is settled by then; a loss wakes', async () => {
      const { house, receiver, courier, party, reported, unanswered, notificationsOf, standing } = at();
      const sleeping = await party('sleeping');
      // Late in the evening in Copenhagen.
      const evening = new Date(house.clock.now());
      evening.setUTCHours(22, 0, 0, 0);
      house.clock.set(evening);
      const [stays, settles] = [await unanswered(sleeping), await unanswered(sleeping)];
      const accepted = await settles.sign(courier, 'accepted', { cond: 'ok' });
      house.clock.advance(2 * MINUTE);
      const [open, answered] = [
        await house.alert(stays.sub, 'handoff.unanswered'),
        await house.alert(settles.sub, 'handoff.unanswered'),
      ];
      const lost = await reported(sleeping);
      house.clock.advance(GATHERED);
      await standing(lost, 'delivered');
      await standing(open, 'waiting');
      await house.ledger.record(accepted.token);
      await house.alert(settles.sub, 'handoff.unanswered', 'resolved');

      house.clock.advance(12 * HOUR);
      const { notifications } = await standing(open, 'delivered');
      expect(notifications[0]?.dueAt).toMatch(/T06:00:00.000Z$/);
      await waitFor(
        async () => (await notificationsOf(answered)).notifications.some(({ state }) => state === 'dropped'),
        { what: 'the good news of bad news nobody heard to be dropped' },
      );
      const told = receiver.at('/sleeping').flatMap(({ body }) => body.data.ids);
      expect(told).toEqual([lost.id, open.id]);
    });

    it('somebody breaks the glass at night → the data protection officer is told at once, and of nothing else', async () => {
      const { house, receiver, consignee, party, standing } = at();
      house.clock.set(new Date('2026-06-01T22:00:00Z'));
      const guarded = await party('guarded');
      const person = await house.ledger.enrol(guarded, 'device', ['sender'], 'clerk-0017');
      const shipment = await TestShipment.register(house.ledger, guarded, { to: consignee.id });
      const glass = await shipment.sign(guarded, 'approved', { glass: 'court-order' }, person);
      await house.ledger.record(glass.token);
      await shipment.add(guarded, 'reported', { what: 'lost' });
      const alert = await house.alert(shipment.sub, 'dispatch.break-glass');
      await house.alert(shipment.sub, 'parcel.lost');
      house.clock.advance(GATHERED);
      const { notifications } = await standing(alert, 'delivered');
      expect(notifications[0]).toMatchObject({ party: 'guarded', contact: 'data-protection-officer' });
      expect(receiver.at('/guarded').flatMap(({ body }) => body.data.ids)).toEqual([alert.id]);
    });
  });
}
