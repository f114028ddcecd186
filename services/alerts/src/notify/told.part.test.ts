// Whom an alert reaches, and what they are told of it.

import { expect, it } from '@jest/globals';
import { GATHERED, MINUTE } from './fixture/notified-house.js';
import type { NotifiedHouse } from './fixture/notified-house.js';

export function toldTests(at: () => NotifiedHouse): void {
  it('a mailbox and a receiver want it → both told what is wrong, who holds it and what to do, and it is shown', async () => {
    const { house, mailbox, receiver, party, reported, notificationsOf, standing } = at();
    const alert = await reported(await party('simple'));
    expect((await notificationsOf(alert)).summary).toMatch(/^Told 0 of 2; e-mail of The simple \(desk\): waits until/);
    house.clock.advance(GATHERED);
    const { summary, notifications } = await standing(alert, 'delivered', 'delivered');
    expect(summary).toBe('Told 2 of 2');
    expect((await house.alerts(alert.sub))[0]?.notified).toBe('Told 2 of 2');
    expect(notifications.map(({ contact, kind, change }) => [contact, kind, change]).sort()).toEqual([
      ['desk', 'email', 'raised'],
      ['system', 'webhook', 'raised'],
    ]);
    const now = new Date(house.clock.now()).toISOString();
    for (const { attempts } of notifications) expect(attempts).toEqual([{ at: now, outcome: 'delivered' }]);

    const [mail] = mailbox.to('desk@simple.example');
    expect(mail?.text).toContain('Subject: Alert: The simple reported the parcel lost.');
    expect(mail?.text).toContain('since 2026-03-02 08:00:00 UTC. Reported lost. The simple is responsible.');
    expect(mail?.text).toContain(`https://page.example/alerts?sub=${alert.sub}`);
    for (const step of alert.next) expect(mail?.text).toContain(step);
    expect(mail?.text).toContain('<strong>The simple reported the parcel lost.</strong>');

    const { notified: _, ...asShown } = alert;
    const [hook] = receiver.at('/simple');
    expect(hook?.body).toMatchObject({ type: 'alert.raised', data: { count: 1, ids: [alert.id], alerts: [asShown] } });
    expect(notifications.map(({ id }) => id)).toContain(hook?.id);
  });

  it('only one of them wants its code → the other hears nothing', async () => {
    const { house, party, reported, standing } = at();
    const alert = await reported(await party('simple'), 'stolen', 'parcel.stolen');
    house.clock.advance(GATHERED);
    const { notifications } = await standing(alert, 'delivered');
    expect(notifications.map(({ contact }) => contact)).toEqual(['system']);
  });

  it('no contact of its parties → says that nobody is told', async () => {
    const { party, reported, notificationsOf } = at();
    const alert = await reported(await party('unlisted'));
    expect(await notificationsOf(alert)).toEqual({
      summary: 'Nobody is to be told of this by mail or webhook.',
      notifications: [],
    });
  });

  it('resolves itself later → whoever was told is told that too', async () => {
    const { house, receiver, courier, party, unanswered, standing } = at();
    const stormy = await party('stormy');
    const late = await unanswered(stormy);
    const accepted = await late.sign(courier, 'accepted', { cond: 'ok' });
    house.clock.advance(2 * MINUTE);
    const alert = await house.alert(late.sub, 'handoff.unanswered');
    house.clock.advance(GATHERED);
    await standing(alert, 'delivered');
    await house.ledger.record(accepted.token);
    await house.alert(late.sub, 'handoff.unanswered', 'resolved');
    house.clock.advance(GATHERED);
    await standing(alert, 'delivered', 'delivered');
    expect(receiver.at('/stormy').map(({ body }) => body.type)).toEqual(['alert.raised', 'alert.resolved']);
  });
}
