// A receiver that does not take what it is told: tried again, and given up.

import { expect, it } from '@jest/globals';
import { waitFor } from '@unbroken/testing';
import { GATHERED, HOUR } from './fixture/notified-house.js';
import type { NotifiedHouse } from './fixture/notified-house.js';

export function notTakenTests(at: () => NotifiedHouse): void {
  it('answers 503, then takes it → tried again under the same id, each attempt shown', async () => {
    const { house, receiver, party, reported, notificationsOf, standing } = at();
    receiver.status = 503;
    const alert = await reported(await party('failing'));
    house.clock.advance(GATHERED);
    const failing = await waitFor(
      async () => {
        const answer = await notificationsOf(alert);
        return (answer.notifications[0]?.attempts.length ?? 0) >= 2 ? answer : undefined;
      },
      { what: 'two attempts' },
    );
    const [one] = failing.notifications;
    expect(one?.state).toBe('sending');
    expect(new Set(one?.attempts.map(({ outcome }) => outcome))).toEqual(new Set(['answered 503']));
    expect(Date.parse(one?.nextAt ?? '')).toBeGreaterThan(house.clock.now());
    expect(failing.summary).toMatch(
      /^Told 0 of 1; webhook of The failing \(system\): not reached since 2026-03-02 \d\d:\d\d UTC, tried \d+ times$/,
    );
    expect(failing.summary).toContain(`tried ${String(one?.attempts.length)} times`);
    receiver.status = 204;
    const { summary, notifications } = await standing(alert, 'delivered');
    expect(summary).toBe('Told 1 of 1');
    expect(notifications[0]?.attempts.at(-1)?.outcome).toBe('delivered');
    expect(new Set(receiver.at('/failing').map(({ id }) => id)).size).toBe(1);
  });

  it('a redirect → not followed, not taken', async () => {
    const { house, receiver, party, reported, notificationsOf, standing } = at();
    receiver.status = 302;
    const alert = await reported(await party('failing'), 'stolen', 'parcel.stolen');
    house.clock.advance(GATHERED);
    await waitFor(
      async () => (await notificationsOf(alert)).notifications[0]?.attempts[0]?.outcome === 'answered 302',
      {
        what: 'the redirect to be refused',
      },
    );
    expect(receiver.at('/elsewhere')).toEqual([]);
    receiver.status = 204;
    await standing(alert, 'delivered');
  });

  it('for a day → given up, and shown', async () => {
    const { house, receiver, party, reported, notificationsOf, standing } = at();
    receiver.status = 500;
    const alert = await reported(await party('failing'), 'damaged', 'parcel.damaged');
    house.clock.advance(GATHERED);
    await waitFor(async () => (await notificationsOf(alert)).notifications[0]?.attempts.length === 1, {
      what: 'an attempt',
    });
    house.clock.advance(25 * HOUR);
    const { summary, notifications } = await standing(alert, 'failed');
    expect(summary).toMatch(/, given up$/);
    expect(notifications[0]?.nextAt).toBeUndefined();
    receiver.status = 204;
  });
}
