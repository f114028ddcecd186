// Pages that are open hear what changes, and are true again after every kind of break.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestShipment } from '@unbroken/chains/fixture';
import type { TestParty } from '@unbroken/chains/fixture';
import { streamEvents } from '@unbroken/contracts';
import { waitFor } from '@unbroken/testing';
import { once } from 'node:events';
import { connect } from 'node:net';
import { DashboardHouse } from '../fixture/dashboard-house.js';
import { ManyRows } from '../fixture/many-rows.js';
import type { TestPage } from '../fixture/test-page.js';

/** More than the system keeps for a connection that nobody reads. */
const ROUNDS = 6;

let house: DashboardHouse;
let sender: TestParty;
let courier: TestParty;
let stranger: TestParty;

beforeAll(async () => {
  house = await DashboardHouse.open();
  sender = await house.ledger.party('health-board', ['sender']);
  courier = await house.ledger.party('royal-mail', ['courier']);
  stranger = await house.ledger.party('visa-centre', ['receiver']);
}, 60_000);

afterAll(() => house.tearDown(), 30_000);

const parcel = () => TestShipment.register(house.ledger, sender, { to: 'statistics', via: [courier.id] });

const told = (page: TestPage, sub: string, status: string) =>
  page.event(`${sub} ${status}`, ({ data }) =>
    (data.rows ?? []).some((row) => row.sub === sub && row.status === status),
  );

describe('an open page', () => {
  it('a misdelivery is recorded, its alert raised → told without asking, with the counts', async () => {
    const page = await house.page();
    const shipment = await parcel();
    await shipment.handOver(sender, courier);
    await shipment.add(courier, 'released', { to: 'statistics', mode: 'meet' });
    const tid = await shipment.add(stranger, 'accepted', { cond: 'ok' });
    const { event, data } = await told(page, shipment.sub, 'astray');
    expect(event).toBe('rows');
    expect(streamEvents.rows.parse(data)).toEqual(data);
    expect(data.counts?.['wrong-hands']).toBe(1);

    await house.announce('misdelivery.wrong-party', { sub: shipment.sub, tid });

    await page.event('the alert', (heard) => (heard.data.rows ?? []).some(({ findings }) => findings === 1));
    expect(page.asides[0]).toBe('retry: 1000');
  });

  it('cut and connected again by its last event id → hears what it missed, newest state once', async () => {
    const shipment = await parcel();
    await house.row(shipment.sub, ({ change }) => change > 0);
    const { change } = await house.chains();
    await shipment.handOver(sender, courier);
    await house.row(shipment.sub, ({ status }) => status === 'in-custody');

    for (const page of [
      await house.pageFrom('', { 'last-event-id': String(change) }),
      await house.pageFrom(`?after=${change}`),
      await house.pageFrom('?after=0', { 'last-event-id': String(change) }),
    ]) {
      const { id } = await told(page, shipment.sub, 'in-custody');
      expect(page.events).toHaveLength(1);
      expect(id).toBeGreaterThan(change);
    }
  });

  it('knows everything already → an id to go on from, and nothing else', async () => {
    const { change } = await house.chains();
    const page = await house.page();
    expect(page.asides).toContain(`id: ${change}`);
    expect(page.events).toEqual([]);
  });

  it('an id from a picture that is no more → reset to the present', async () => {
    const { change } = await house.chains();
    const page = await house.pageFrom(`?after=${change + 1_000_000}`);
    const { event, id, data } = await page.event('a reset', () => true);
    expect({ event, id, data }).toEqual({ event: 'reset', id: change, data: { change } });
  });

  it('more has changed than is worth sending → reset', async () => {
    const rows = new ManyRows(await house.database());
    const { change } = await house.chains();
    const page = await house.page();
    await rows.change(301);
    const { event, data } = await page.event('a reset', () => true);
    expect([event, data.change]).toEqual(['reset', change + 301]);
    await rows.change(300);
    const next = await page.event('the rows', (heard) => heard.event === 'rows');
    expect(next.data.rows).toHaveLength(300);
  });

  it.each(['?after=-1', '?after=x', '?since=1'])('%s → 400', async (query) => {
    expect((await house.fetch(`/dashboard/v1/stream${query}`)).status).toBe(400);
  });
});

describe('a slow page', () => {
  it('reads nothing for a while → nothing is piled up for it, and then it is told the newest', async () => {
    const rows = new ManyRows(await house.database());
    const { hostname, port } = new URL(house.url);
    const slow = connect(Number(port), hostname);
    slow.pause();
    slow.write(`GET /dashboard/v1/stream HTTP/1.1\r\nhost: ${hostname}\r\n\r\n`);
    const quick = await house.page();
    let last = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      last = await rows.change(100, 20_000);
      await quick.event(`change ${last}`, ({ id }) => id === last);
    }

    let told = 0;
    let isTrue = false;
    slow.setEncoding('latin1');
    slow.on('data', (text: string) => {
      told += text.match(/event: rows/g)?.length ?? 0;
      isTrue ||= text.includes(`id: ${last}\nevent: rows`);
    });
    slow.resume();

    await waitFor(() => isTrue, { what: 'the newest change' });
    // Two megabytes were said each time: it hears those that fitted on the way, and the newest once.
    expect(told).toBeLessThan(ROUNDS);
    slow.destroy();
  });
});

describe('the service', () => {
  it('stops → every line ends at once; started again → a page goes on where it was', async () => {
    const page = await house.page();
    const shipment = await parcel();
    const { id } = await told(page, shipment.sub, 'prepared');

    const { hostname, port } = new URL(house.url);
    const kept = connect(Number(port), hostname);
    kept.write(`GET /dashboard/v1/stream HTTP/1.1\r\nhost: ${hostname}\r\n\r\n`);
    const [head] = (await once(kept, 'data')) as [Buffer];
    // A line that could be kept would be waited for.
    expect(head.toString().toLowerCase()).toContain('connection: close');

    const before = performance.now();
    await Promise.all([once(kept, 'close'), house.stop()]);
    await waitFor(() => page.ended, { what: 'the line to end' });
    expect(performance.now() - before).toBeLessThan(5_000);

    await shipment.handOver(sender, courier);
    await house.start();

    const again = await house.pageFrom('', { 'last-event-id': String(id) });
    await told(again, shipment.sub, 'in-custody');
  });
});
