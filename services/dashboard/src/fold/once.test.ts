// Every message may come twice, and alerts in any order beside what they are about: the picture is the same.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestShipment } from '@unbroken/chains/fixture';
import type { TestParty } from '@unbroken/chains/fixture';
import { alertKey } from '@unbroken/contracts';
import type { AlertRecord, ChainsPage } from '@unbroken/contracts';
import { topicName } from '@unbroken/platform';
import { waitFor } from '@unbroken/testing';
import { newJti, shipmentId } from '@unbroken/tokens';
import { DashboardHouse } from '../fixture/dashboard-house.js';

let house: DashboardHouse;
let sender: TestParty;
let courier: TestParty;

beforeAll(async () => {
  house = await DashboardHouse.open();
  sender = await house.ledger.party('health-board', ['sender']);
  courier = await house.ledger.party('royal-mail', ['courier']);
}, 60_000);

afterAll(() => house.tearDown(), 30_000);

const parcel = () => TestShipment.register(house.ledger, sender, { to: 'statistics', via: [courier.id] });

const say = (alert: AlertRecord) =>
  house.producer.send('custody.alerts.v1', [{ key: alertKey(alert), value: JSON.stringify(alert) }]);

/** A parcel that is recorded last: once it is seen, everything on its partition before it has been handled. */
async function settled(): Promise<ChainsPage> {
  const { sub, head } = await parcel();
  await house.announce('clock.drift', { sub, tid: head });
  await house.row(sub, ({ findings }) => findings === 1);
  await house.announce('clock.drift', { sub, tid: head }, { state: 'resolved' });
  await house.row(sub, ({ findings }) => findings === 0);
  return house.chains('?limit=500');
}

describe('delivered twice', () => {
  it('everything is published again, and the service restarted in between → nothing has changed', async () => {
    const shipment = await parcel();
    await shipment.handOver(sender, courier);
    const alert = await house.announce('seal.broken', { sub: shipment.sub, tid: shipment.head });
    await house.row(shipment.sub, ({ findings, status }) => findings === 1 && status === 'in-custody');
    const before = await house.chains();

    await house.stop();
    await house.ledger.publishAgain();
    await say(alert);
    await house.start();
    const admin = house.kafka.admin();
    await admin.connect();
    await waitFor(
      async () => {
        const prefix = house.settings.UNBROKEN_KAFKA_TOPIC_PREFIX;
        const topics = [topicName(prefix, 'custody.recorded.v1'), topicName(prefix, 'custody.alerts.v1')];
        const committed = await admin.fetchOffsets({ groupId: `${prefix}dashboard`, topics });
        const ends = await Promise.all(topics.map((topic) => admin.fetchTopicOffsets(topic)));
        return committed.every(({ partitions }, at) =>
          ends[at]?.every(({ partition, high }) => {
            const done = partitions.find((one) => one.partition === partition)?.offset ?? '-1';
            return high === '0' || Number(done) >= Number(high);
          }),
        );
      },
      { what: 'both topics to be read to their ends' },
    );
    await admin.disconnect();

    expect(await house.chains()).toEqual(before);
  });
});

describe('an alert', () => {
  it('resolved, then an old state comes once more → stays resolved', async () => {
    const { sub, head } = await parcel();
    const alert = await house.announce('seal.broken', { sub, tid: head });
    await house.row(sub, ({ findings }) => findings === 1);
    await say({ ...alert, state: 'resolved' });
    await house.row(sub, ({ findings }) => findings === 0);

    await say(alert);
    await say({ ...alert, state: 'acknowledged' });
    const { chains } = await settled();

    expect(chains.find((row) => row.sub === sub)?.findings).toBe(0);
  });

  it('resolved itself and raised again later → open again', async () => {
    const { sub, head } = await parcel();
    const alert = await house.announce('seal.broken', { sub, tid: head });
    await say({ ...alert, state: 'resolved' });
    await house.row(sub, ({ findings }) => findings === 0);
    house.clock.advance(1_000);
    await house.announce('seal.broken', { sub, tid: head });
    await house.row(sub, ({ findings }) => findings === 1);
  });

  it('only its last state was left by compaction → taken as it is', async () => {
    const { sub, head } = await parcel();
    await house.announce('seal.broken', { sub, tid: head }, { state: 'acknowledged' });
    const row = await house.row(sub, ({ findings }) => findings === 1);
    expect(row.worst?.acknowledged).toBe(true);
  });

  it('comes before its chain → the chain finds it', async () => {
    const jti = newJti();
    const sub = shipmentId(sender.id, jti);
    await house.announce('token.refused', { sub, tid: sender.head });
    const database = await house.database();
    await waitFor(
      async () => (await database.query<unknown[]>('SELECT 1 FROM alerts WHERE sub = $1', [sub])).length === 1,
      {
        what: 'the alert to be kept',
      },
    );
    expect((await house.fetch(`/dashboard/v1/chains/${sub}`)).status).toBe(404);

    await TestShipment.register(house.ledger, sender, { to: 'statistics', jti, sub });

    const row = await house.row(sub, ({ group }) => group === 'to-look-at');
    expect(row.worst?.sentence).toBe('A statement about the parcel was refused.');
  });
});

describe('what is no message', () => {
  it('no entry, no alert, a tombstone → passed over, and the partition goes on', async () => {
    await house.ledger.poison('custody.recorded.v1', { key: 'x', value: 'nonsense' });
    await house.ledger.poison('custody.alerts.v1', { key: 'x', value: '{"id":1}' });
    await house.ledger.poison('custody.alerts.v1', { key: 'x', value: null });
    const { chains } = await settled();
    expect(chains.length).toBeGreaterThan(0);
  });
});
