// Whom an alert reaches, when, and what is shown of it: a real mail server, a real receiver that checks signatures.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestShipment } from '@unbroken/chains/fixture';
import type { TestParty } from '@unbroken/chains/fixture';
import { notificationsAnswer } from '@unbroken/contracts';
import type { Alert, Notification, NotificationsAnswer } from '@unbroken/contracts';
import { openDatabase } from '@unbroken/platform';
import { waitFor } from '@unbroken/testing';
import { AlertsHouse } from '../fixture/alerts-house.js';
import { alertsMigrations } from '../migrations/index.js';
import { Mailbox } from '@unbroken/testing';
import { Receiver } from './fixture/receiver.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** What is due goes after two seconds; this is past them. */
const GATHERED = 3 * SECOND;
const SECRET = `whsec_${Buffer.from('a receiver and its hub share it.').toString('base64')}`;

let folder: string;
let house: AlertsHouse;
let mailbox: Mailbox;
let receiver: Receiver;
let courier: TestParty;
let consignee: TestParty;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unbroken-notify-'));
  // The receiver's clock is the house's, which is made after the receiver's address is in its file.
  const clock = { now: () => house.clock.now() };
  [mailbox, receiver] = await Promise.all([Mailbox.open(), Receiver.open(SECRET, clock)]);
  const hook = (path: string) => ({ webhook: { url: `${receiver.url}${path}`, secret: 'secret' } });
  await writeFile(join(folder, 'secret'), `${SECRET}\n`, { mode: 0o600 });
  const contacts = {
    simple: [
      { id: 'desk', email: 'desk@simple.example', codes: ['parcel.lost'] },
      { id: 'system', ...hook('/simple'), codes: ['parcel.*'] },
    ],
    failing: [{ id: 'system', ...hook('/failing') }],
    stormy: [{ id: 'system', ...hook('/stormy') }],
    sleeping: [{ id: 'desk', ...hook('/sleeping'), quiet: { zone: 'Europe/Copenhagen', from: '20:00', to: '07:00' } }],
    guarded: [
      {
        id: 'data-protection-officer',
        ...hook('/guarded'),
        codes: ['dispatch.break-glass'],
        quiet: { zone: 'Europe/Copenhagen', from: '20:00', to: '07:00' },
      },
    ],
    climbing: [
      { id: 'desk', ...hook('/climbing/desk'), escalate: { after: 30, to: ['chief'] } },
      { id: 'chief', ...hook('/climbing/chief'), escalatedOnly: true, escalate: { after: 60, to: ['head'] } },
      { id: 'head', ...hook('/climbing/head'), escalatedOnly: true },
    ],
  };
  await writeFile(join(folder, 'contacts.json'), JSON.stringify({ parties: contacts }), { mode: 0o600 });
  house = await AlertsHouse.build({
    UNBROKEN_CONTACTS: join(folder, 'contacts.json'),
    UNBROKEN_PAGE_URL: 'https://page.example',
    UNBROKEN_SMTP_SERVER: mailbox.address,
    UNBROKEN_SMTP_TLS: 'none',
    UNBROKEN_SMTP_FROM: 'unbroken@hub.example',
  });
  await house.start();
  courier = await house.ledger.party('royal-mail', ['courier']);
  consignee = await house.ledger.party('statistics', ['receiver']);
}, 60_000);

afterAll(async () => {
  await house.tearDown();
  await Promise.all([mailbox.close(), receiver.close(), rm(folder, { recursive: true })]);
}, 30_000);

const parties = new Map<string, Promise<TestParty>>();

function party(id: string): Promise<TestParty> {
  const known = parties.get(id) ?? house.ledger.party(id, ['sender']);
  parties.set(id, known);
  return known;
}

/** A parcel of this party that is reported: one alert, of which the party is told. */
async function reported(sender: TestParty, what = 'lost', code: Alert['code'] = 'parcel.lost'): Promise<Alert> {
  const shipment = await TestShipment.register(house.ledger, sender, { to: consignee.id });
  await shipment.add(sender, 'reported', { what });
  return house.alert(shipment.sub, code);
}

/** A parcel that the courier has not answered for; it has until a minute from now. */
async function unanswered(sender: TestParty): Promise<TestShipment> {
  const shipment = await TestShipment.register(house.ledger, sender, { to: consignee.id, via: [courier.id] });
  await shipment.add(sender, 'released', { to: courier.id, mode: 'meet', until: house.ledger.now + 60 });
  await house.settled();
  return shipment;
}

const notificationsOf = async ({ id }: Pick<Alert, 'id'>): Promise<NotificationsAnswer> =>
  notificationsAnswer.parse(await (await house.request(`alerts/${id}/notifications`)).json());

/** Waits until the messages about the alert stand so. */
const standing = (alert: Alert, ...states: Notification['state'][]): Promise<NotificationsAnswer> =>
  waitFor(
    async () => {
      const answer = await notificationsOf(alert);
      return answer.notifications.map(({ state }) => state).join() === states.join() ? answer : undefined;
    },
    { what: `messages to be ${states.join()}` },
  );

const acknowledge = (alert: Alert) =>
  house.request(`alerts/${alert.id}/acknowledge`, { by: consignee.id, reason: 'On it.' });

describe('an alert is raised', () => {
  it('a mailbox and a receiver want it → both told what is wrong, who holds it and what to do, and it is shown', async () => {
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
    const at = new Date(house.clock.now()).toISOString();
    for (const { attempts } of notifications) expect(attempts).toEqual([{ at, outcome: 'delivered' }]);

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
    const alert = await reported(await party('simple'), 'stolen', 'parcel.stolen');
    house.clock.advance(GATHERED);
    const { notifications } = await standing(alert, 'delivered');
    expect(notifications.map(({ contact }) => contact)).toEqual(['system']);
  });

  it('no contact of its parties → says that nobody is told', async () => {
    const alert = await reported(await party('unlisted'));
    expect(await notificationsOf(alert)).toEqual({
      summary: 'Nobody is to be told of this by mail or webhook.',
      notifications: [],
    });
  });

  it('resolves itself later → whoever was told is told that too', async () => {
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
});

describe('a receiver that does not take it', () => {
  it('answers 503, then takes it → tried again under the same id, each attempt shown', async () => {
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
});

describe('many alerts of one cause', () => {
  it('raised together → one message with the first few and the count; what follows waits for the next minute', async () => {
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

describe('nobody acknowledges', () => {
  const told = (contact: string, { id }: Alert) =>
    receiver.at(`/climbing/${contact}`).filter(({ body }) => body.data.ids.includes(id)).length;

  it('in the contact’s time → passed on, level by level, each once, over a restart', async () => {
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
  const assign = (alert: Alert, body: object) =>
    house.request(`alerts/${alert.id}/assign`, { by: consignee.id, reason: 'They know the depot.', ...body });

  it('of a party and its contact → shown, and the contact is told, without the reason', async () => {
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
    const alert = await reported(await party('unlisted'));
    const answer = await assign(alert, body);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ code });
  });

  it('resolved already → 409', async () => {
    const alert = await reported(await party('unlisted'));
    await house.request(`alerts/${alert.id}/resolve`, { by: consignee.id, reason: 'Found.' });
    expect((await assign(alert, { to: consignee.id })).status).toBe(409);
  });
});

describe('what is kept', () => {
  it('neither addresses nor secrets in any table', async () => {
    const { settings } = house;
    const database = await openDatabase({
      service: 'alerts',
      settings,
      entities: [],
      migrations: [...alertsMigrations],
      poolSize: 1,
    });
    const tables = await database.query<{ name: string }[]>(
      `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'alerts'`,
    );
    const kept = await Promise.all(
      tables.map(async ({ name }) => JSON.stringify(await database.query(`SELECT t::text FROM alerts."${name}" AS t`))),
    );
    await database.destroy();
    expect(tables.map(({ name }) => name)).toContain('notifications');
    expect(kept.join()).toContain('climbing');
    expect(kept.join()).not.toMatch(/simple\.example|whsec_|127\.0\.0\.1/);
  });
});
