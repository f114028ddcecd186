// The life of an alert over HTTP, and what is announced of it.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestShipment } from '@unbroken/chains/fixture';
import type { TestParty } from '@unbroken/chains/fixture';
import { alert as shownAlert, alertRecord, alertsPage } from '@unbroken/contracts';
import type { Alert, AlertRecord, AlertsPage } from '@unbroken/contracts';
import { topicName } from '@unbroken/platform';
import { waitFor } from '@unbroken/testing';
import { formatShipmentId } from '@unbroken/tokens';
import { AlertsHouse } from '../fixture/alerts-house.js';

let house: AlertsHouse;
let sender: TestParty;
let other: TestParty;
const announced = new Map<string, AlertRecord[]>();
let stopListening: () => Promise<void>;

beforeAll(async () => {
  house = await AlertsHouse.build();
  await house.start();
  sender = await house.ledger.party('health-board', ['sender']);
  other = await house.ledger.party('statistics', ['receiver']);
  stopListening = await listen();
}, 60_000);

afterAll(async () => {
  await stopListening();
  await house.tearDown();
}, 30_000);

async function listen(): Promise<() => Promise<void>> {
  const prefix = house.settings.UNBROKEN_KAFKA_TOPIC_PREFIX;
  const consumer = house.kafka.consumer({ groupId: `${prefix}listener`, maxWaitTimeInMs: 100 });
  await consumer.connect();
  await consumer.subscribe({ topic: topicName(prefix, 'custody.alerts.v1'), fromBeginning: true });
  await consumer.run({
    eachMessage: ({ message }) => {
      const key = String(message.key);
      const record = alertRecord.parse(JSON.parse(String(message.value)));
      announced.set(key, [...(announced.get(key) ?? []), record]);
      return Promise.resolve();
    },
  });
  return () => consumer.disconnect();
}

/** A parcel reported lost: one alert. */
async function lost(from = sender): Promise<{ sub: string; alert: Alert }> {
  const shipment = await TestShipment.register(house.ledger, from, { to: other.id });
  await shipment.add(from, 'reported', { what: 'lost' });
  return { sub: shipment.sub, alert: await house.alert(shipment.sub, 'parcel.lost') };
}

const page = async (query: string): Promise<AlertsPage> => {
  const answer = await house.request(`alerts?${query}`);
  expect(answer.status).toBe(200);
  return alertsPage.parse(await answer.json());
};

const decide = (id: string, what: string, body: object = { by: 'health-board', reason: 'Called the depot.' }) =>
  house.request(`alerts/${id}/${what}`, body);

describe('an alert', () => {
  it('acknowledged, then resolved → tells by whom, why and when, and announces each state under its own key', async () => {
    const { sub, alert } = await lost();
    house.clock.advance(1000);

    const acknowledged = await decide(alert.id, 'acknowledge');
    expect(acknowledged.status).toBe(200);
    expect(await acknowledged.json()).toEqual({
      ...alert,
      state: 'acknowledged',
      acknowledged: { by: 'health-board', reason: 'Called the depot.', at: new Date(house.clock.now()).toISOString() },
    });
    expect((await house.alerts(sub, 'open')).map(({ id }) => id)).toEqual([alert.id]);

    const resolved = await decide(alert.id, 'resolve', { by: 'statistics', reason: 'Found behind a shelf.' });
    expect(await resolved.json()).toMatchObject({ state: 'resolved', resolved: { by: 'statistics' } });
    expect(await house.alerts(sub, 'open')).toEqual([]);
    expect(await house.alerts(sub, 'resolved')).toHaveLength(1);

    const key = `${sub}/${alert.id}`;
    await waitFor(() => announced.get(key)?.length === 3, { what: 'three announcements' });
    expect(announced.get(key)?.map(({ state }) => state)).toEqual(['raised', 'acknowledged', 'resolved']);
    // Free text stays where it can be erased.
    expect(JSON.stringify(announced.get(key))).not.toContain('depot');
  });

  it('on a hub without contacts → says that nobody is told', async () => {
    const { alert } = await lost();
    const answer = await house.request(`alerts/${alert.id}/notifications`);
    expect(await answer.json()).toEqual({
      summary: 'Nobody is told by mail or webhook: this hub has no file of contacts.',
      notifications: [],
    });
    expect((await house.request('alerts/nonsense/notifications')).status).toBe(404);
  });

  it('in the wrong state → 409 with the cure', async () => {
    const { alert } = await lost();
    await decide(alert.id, 'acknowledge');
    const again = await decide(alert.id, 'acknowledge');
    expect(again.status).toBe(409);
    expect(again.headers.get('content-type')).toContain('application/problem+json');
    expect(await again.json()).toMatchObject({ code: 'alert.state', cure: expect.stringContaining('Resolve it') });
    expect((await decide(alert.id, 'resolve')).status).toBe(200);
    expect((await decide(alert.id, 'resolve')).status).toBe(409);
    expect((await decide(alert.id, 'acknowledge')).status).toBe(409);
  });

  it('resolved by a person, and its whole chain judged again → stays resolved', async () => {
    const { sub, alert } = await lost();
    await decide(alert.id, 'resolve');
    await house.ledger.recordMalformed(sub, sender.device.kid, 'evt:unknown');
    await house.alert(sub, 'token.malformed');
    expect((await house.alerts(sub)).find(({ id }) => id === alert.id)?.state).toBe('resolved');
  });

  it('decided twice at the same moment → one decision counts', async () => {
    const { alert } = await lost();
    const answers = await Promise.all([1, 2, 3, 4].map(() => decide(alert.id, 'acknowledge')));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
  });

  it('by its id → itself; an unknown one → 404 with the cure', async () => {
    const { alert } = await lost();
    const one = await house.request(`alerts/${alert.id}`);
    expect(shownAlert.parse(await one.json())).toEqual(alert);
    for (const id of ['nonsense', '00000000-0000-8000-8000-000000000000']) {
      const unknown = await house.request(`alerts/${id}`);
      expect(unknown.status).toBe(404);
      expect(await unknown.json()).toMatchObject({ code: 'alert.unknown', cure: expect.any(String) });
      expect((await decide(id, 'resolve')).status).toBe(404);
    }
  });
});

describe('a bad request', () => {
  it.each([
    [{ by: 'health-board', reason: 'x', colour: 'red' }, '/colour', '"colour" is not a member here'],
    [{ by: 'health-board' }, '/reason', 'reason is missing'],
    [{ by: 'health-board', reason: '  ' }, '/reason', 'reason is not one line of 1 to 500 characters'],
    [{ reason: 'x' }, '/by', 'by is missing'],
    [{ by: 'Mrs Hansen', reason: 'x' }, '/by', 'by is not a party id'],
  ])('%j → 400 with its place, in words', async (body, pointer, detail) => {
    const { alert } = await lost();
    const answer = await decide(alert.id, 'acknowledge', body);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ code: 'body.form', pointer, detail });
    expect((await house.alerts(alert.sub)).map(({ state }) => state)).toEqual(['raised']);
  });

  it('decided in the name of a party nobody has registered → 422', async () => {
    const { alert } = await lost();
    const answer = await decide(alert.id, 'resolve', { by: 'nobody-here', reason: 'x' });
    expect(answer.status).toBe(422);
    expect(await answer.json()).toMatchObject({ code: 'party.unknown', pointer: '/by' });
    expect((await house.alerts(alert.sub)).map(({ state }) => state)).toEqual(['raised']);
  });

  it.each([
    ['state=bogus', '/state', 'one of open, raised, acknowledged, resolved or all'],
    ['state=', '/state', 'one of open'],
    ['state=open&state=all', '/state', 'more than once'],
    ['sub=7K2M', '/sub', '17 characters'],
    ['limit=0', '/limit', 'from 1 to 500'],
    ['limit=501', '/limit', 'from 1 to 500'],
    ['limit=many', '/limit', 'from 1 to 500'],
    ['party=A', '/party', 'the id of a party'],
    ['party=a&party=b', '/party', 'more than once'],
    [`cursor=${'9'.repeat(200)}`, '/cursor', 'the page before'],
    ['colour=red', '/colour', 'not a parameter here'],
  ])('?%s → 400 that names the parameter, what it allows and the cure', async (query, pointer, allows) => {
    const answer = await house.request(`alerts?${query}`);
    expect(answer.status).toBe(400);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    const text = await answer.text();
    const says = (part: string): unknown => expect.stringContaining(part);
    expect(JSON.parse(text)).toMatchObject({
      code: 'query.form',
      pointer,
      detail: says(pointer.slice(1)),
      cure: says(' '),
      errors: [{ pointer, detail: says(allows), cure: says(' ') }],
    });
    expect(text).not.toMatch(/expected|received|Invalid|Unrecognized|\^\[|\\\\d/);
    expect(text.length).toBeLessThan(1_000);
  });

  it('several mistakes → each of them', async () => {
    const answer = await house.request('alerts?state=bogus&limit=0&colour=red');
    const { errors } = (await answer.json()) as { errors: { pointer: string }[] };
    expect(errors.map(({ pointer }) => pointer).sort()).toEqual(['/colour', '/limit', '/state']);
  });

  it('a cursor that no page gave → 400 with the cure', async () => {
    const answer = await house.request('alerts?cursor=x');
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ code: 'query.cursor', pointer: '/cursor', cure: expect.any(String) });
  });
});

describe('the list', () => {
  it('more than a page → newest first, every one once, by cursor', async () => {
    const mine = await house.ledger.party('page-turner', ['sender']);
    const all: string[] = [];
    for (let i = 0; i < 5; i += 1) all.unshift((await lost(mine)).alert.id);
    const ids: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const next: AlertsPage = await page(`party=page-turner&limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`);
      ids.push(...next.alerts.map(({ id }) => id));
      cursor = next.cursor;
    }
    expect([...ids].sort()).toEqual([...all].sort());
    expect(new Set(ids).size).toBe(5);
  });

  it('a shipment id as people type it → its alerts', async () => {
    const { sub, alert } = await lost();
    const typed = formatShipmentId(sub as Parameters<typeof formatShipmentId>[0]).toLowerCase();
    expect((await page(`sub=${typed}`)).alerts).toEqual([alert]);
  });

  it('a party that has nothing to do with it → not listed', async () => {
    const { alert } = await lost();
    expect((await page('party=statistics&limit=500')).alerts.map(({ id }) => id)).toContain(alert.id);
    expect((await page('party=royal-mail')).alerts).toEqual([]);
  });
});
