// The picture made again from the log is the same picture.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { TestShipment } from '@unbroken/chains/fixture';
import type { TestParty } from '@unbroken/chains/fixture';
import { topicName } from '@unbroken/platform';
import { waitFor } from '@unbroken/testing';
import { DashboardHouse } from '../fixture/dashboard-house.js';
import { rebuild } from './rebuild.js';
import type { CustodyLog } from './rebuild.js';
import { RebuildRefused } from './rebuild-refused.js';

const PARCELS = 4;
let house: DashboardHouse;
let said: string[] = [];
let again = 0;

/** The ledger of this house: it has published two tokens of each parcel, and would publish all again. */
const log: CustodyLog = {
  published: () => Promise.resolve(2 * PARCELS),
  publishAgain: async (first) => {
    await first();
    again += 1;
    await house.ledger.publishAgain();
  },
};

const shown = async () => {
  const { chains, counts } = await house.chains('?limit=500');
  return { counts, rows: chains.map(({ change, ...row }) => ({ ...row, isNumbered: change > 0 })) };
};

const rebuilt = (from = log) => rebuild(house.settings, from, (line) => said.push(line));

const allThere = () =>
  waitFor(async () => (await house.chains('?limit=500')).chains.length === PARCELS, { what: 'every parcel' });

let before: Awaited<ReturnType<typeof shown>>;

beforeAll(async () => {
  house = await DashboardHouse.open();
  const sender: TestParty = await house.ledger.party('health-board', ['sender']);
  for (let parcel = 0; parcel < PARCELS; parcel += 1) {
    const shipment = await TestShipment.register(house.ledger, sender, { to: 'statistics', via: ['royal-mail'] });
    const tid = await shipment.add(sender, 'released', { to: 'royal-mail', mode: 'meet' });
    if (parcel === 0) await house.announce('handoff.unanswered', { sub: shipment.sub, tid });
    await house.row(shipment.sub, ({ status, findings }) => status === 'offered' && findings === (parcel ? 0 : 1));
  }
  before = await shown();
}, 60_000);

beforeEach(() => {
  said = [];
  again = 0;
});

afterAll(() => house.tearDown(), 30_000);

describe('rebuild', () => {
  it('the dashboard runs → refused, with the cure, and nothing is emptied', async () => {
    await expect(rebuilt()).rejects.toThrow(RebuildRefused);
    await expect(rebuilt()).rejects.toThrow('stop the dashboard first');
    expect(await shown()).toEqual(before);
  });

  it('stopped → emptied, and after the start the same rows, counts and alerts', async () => {
    const { change } = await house.chains();
    await house.stop();
    await rebuilt();
    expect(again).toBe(0);
    expect(await (await house.database()).query('SELECT 1 FROM rows UNION ALL SELECT 1 FROM chain_history')).toEqual(
      [],
    );

    await house.start();
    await allThere();
    await waitFor(async () => (await house.chains('?group=late')).chains.length === 1, { what: 'the alert' });

    expect(await shown()).toEqual(before);
    expect((await house.chains()).change).toBeGreaterThan(change);
  });

  it('ended after every step, and run again → the same', async () => {
    await house.stop();
    const refusing: CustodyLog = { ...log, published: () => Promise.reject(new Error('crash')) };
    await expect(rebuilt(refusing)).rejects.toThrow('crash');
    await rebuilt();
    await rebuilt();
    await house.start();
    await allThere();
    await waitFor(async () => (await house.chains('?group=late')).chains.length === 1, { what: 'the alert' });
    expect(await shown()).toEqual(before);
  });

  it('the topic has lost the log’s beginning → the ledger publishes everything again', async () => {
    await house.stop();
    const admin = house.kafka.admin();
    await admin.connect();
    const topic = topicName(house.settings.UNBROKEN_KAFKA_TOPIC_PREFIX, 'custody.recorded.v1');
    const ends = await admin.fetchTopicOffsets(topic);
    // The first parcel of each partition has lost its registration, and not what follows it.
    const partitions = ends.filter(({ high }) => high !== '0').map(({ partition }) => ({ partition, offset: '1' }));
    await admin.deleteTopicRecords({ topic, partitions });
    await admin.disconnect();

    await rebuilt();
    expect(again).toBe(1);
    expect(said.join(' ')).toContain('no longer has the beginning');

    await house.start();
    await allThere();
    await waitFor(async () => (await house.chains('?group=late')).chains.length === 1, { what: 'the alert' });
    expect(await shown()).toEqual(before);
  });
});
