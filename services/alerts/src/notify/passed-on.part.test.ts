// Whom an alert is passed on to: nobody acknowledges it, or somebody makes it another’s task.

import { describe, expect, it } from '@jest/globals';
import type { Alert } from '@unbroken/contracts';
import { GATHERED, MINUTE } from './fixture/notified-house.js';
import type { NotifiedHouse } from './fixture/notified-house.js';

export function passedOnTests(at: () => NotifiedHouse): void {
  describe('nobody acknowledges', () => {
    const told = (contact: string, { id }: Alert) =>
      at()
        .receiver.at(`/climbing/${contact}`)
        .filter(({ body }) => body.data.ids.includes(id)).length;

    it('in the contact’s time → passed on, level by level, each once, over a restart', async () => {
      const { house, party, reported, standing, acknowledge } = at();
      const alert = await reported(await party('climbing'));
      house.clock.advance(GATHERED);
      await standing(alert, 'delivered');
      await house.stop();
      house.clock.advance(31 * MINUTE);
      await house.start();
      await standing(alert, 'delivered', 'waiting');
      house.clock.advance(GATHERED);
      const { notifications } = await standing(alert, 'delivered', 'delivered');
      expect(notifications[1]).toMatchObject({ contact: 'chief', change: 'escalated' });
      house.clock.advance(61 * MINUTE);
      await standing(alert, 'delivered', 'delivered', 'waiting');
      house.clock.advance(GATHERED);
      await standing(alert, 'delivered', 'delivered', 'delivered');
      expect([told('desk', alert), told('chief', alert), told('head', alert)]).toEqual([1, 1, 1]);
      expect((await acknowledge(alert)).status).toBe(200);
    });

    it('somebody does → nobody else is told', async () => {
      const { house, party, reported, standing, acknowledge } = at();
      const climbing = await party('climbing');
      const [seen, unseen] = [await reported(climbing), await reported(climbing, 'stolen', 'parcel.stolen')];
      house.clock.advance(2 * MINUTE);
      await standing(seen, 'delivered');
      await acknowledge(seen);
      house.clock.advance(31 * MINUTE);
      await standing(unseen, 'delivered', 'waiting');
      house.clock.advance(GATHERED);
      await standing(unseen, 'delivered', 'delivered');
      await standing(seen, 'delivered');
      expect(told('chief', seen)).toBe(0);
    });
  });

  describe('an alert is made somebody’s task', () => {
    const assign = (alert: Alert, body: object) => {
      const { house, consignee } = at();
      return house.request(`alerts/${alert.id}/assign`, { by: consignee.id, reason: 'They know the depot.', ...body });
    };

    it('of a party and its contact → shown, and the contact is told, without the reason', async () => {
      const { house, receiver, party, reported, standing } = at();
      const alert = await reported(await party('climbing'), 'damaged', 'parcel.damaged');
      const answer = await assign(alert, { to: 'climbing', contact: 'head' });
      expect(answer.status).toBe(200);
      expect(await answer.json()).toMatchObject({
        state: 'raised',
        assigned: { to: 'climbing', contact: 'head', by: 'statistics', reason: 'They know the depot.' },
      });
      house.clock.advance(2 * MINUTE);
      await standing(alert, 'delivered', 'delivered');
      const [hook] = receiver.at('/climbing/head').filter(({ body }) => body.data.ids.includes(alert.id));
      expect(hook?.body).toMatchObject({ type: 'alert.assigned' });
      expect(JSON.stringify(hook)).not.toContain('depot');
    });

    it.each([
      [{ to: 'climbing', contact: 'nobody' }, 422, 'contact.unknown'],
      [{ to: 'never-heard-of' }, 422, 'party.unknown'],
      [{ to: 'climbing', contact: 'Mrs Hansen' }, 400, 'body.form'],
      [{}, 400, 'body.form'],
    ])('%j → %i %s', async (body, status, code) => {
      const { party, reported } = at();
      const alert = await reported(await party('unlisted'));
      const answer = await assign(alert, body);
      expect(answer.status).toBe(status);
      expect(await answer.json()).toMatchObject({ code });
    });

    it('resolved already → 409', async () => {
      const { house, consignee, party, reported } = at();
      const alert = await reported(await party('unlisted'));
      await house.request(`alerts/${alert.id}/resolve`, { by: consignee.id, reason: 'Found.' });
      expect((await assign(alert, { to: consignee.id })).status).toBe(409);
    });
  });
}
