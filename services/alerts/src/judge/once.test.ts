// Effects once: whatever is delivered twice, restarted or broken on the way, alerts are the same.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestShipment } from '@unbroken/chains/fixture';
import type { TestParty } from '@unbroken/chains/fixture';
import { topicName } from '@unbroken/platform';
import { waitFor } from '@unbroken/testing';
import { AlertsHouse } from '../fixture/alerts-house.js';
import { fourParties, misdelivered } from '../fixture/four-parties.js';
import type { FourParties } from '../fixture/four-parties.js';

let house: AlertsHouse;
let parties: FourParties;
let sender: TestParty;
let courier: TestParty;
let receiver: TestParty;
let stranger: TestParty;

beforeAll(async () => {
  house = await AlertsHouse.build();
  await house.start();
  parties = await fourParties(house);
  ({ sender, courier, receiver, stranger } = parties);
}, 60_000);

afterAll(() => house.tearDown(), 30_000);

const aMisdelivered = () => misdelivered(house, parties);

describe('once', () => {
  it('every entry published twice → the same alerts', async () => {
    const shipment = await aMisdelivered();
    await house.alert(shipment.sub, 'misdelivery.wrong-party');
    await house.alert(shipment.sub, 'misdelivery.off-route');
    const before = await house.alerts(shipment.sub);

    await house.ledger.publishAgain();
    await house.settled();

    expect(await house.alerts(shipment.sub)).toEqual(before);
    expect(await announced(shipment.sub)).toHaveLength(before.length);
  }, 60_000);

  it('recorded in the middle of a restart → judged after it, and nothing twice', async () => {
    const first = await aMisdelivered();
    await house.alert(first.sub, 'misdelivery.wrong-party');
    const before = await house.alerts(first.sub);
    await house.stop();
    const second = await aMisdelivered();
    await first.add(stranger, 'released', { to: courier.id, mode: 'meet' });
    await first.add(courier, 'accepted', { cond: 'opened' });

    await house.start();

    await house.alert(second.sub, 'misdelivery.wrong-party');
    await house.alert(first.sub, 'parcel.opened');
    const kept = (await house.alerts(first.sub)).filter(({ id }) => before.some((alert) => alert.id === id));
    expect(kept).toEqual(before);
  }, 60_000);

  it('something on the topic that is no entry → dead topic, and the partition moves on', async () => {
    const shipment = await TestShipment.register(house.ledger, sender, { to: receiver.id });
    await house.ledger.poison('custody.recorded.v1', {
      key: shipment.sub,
      value: 'no entry',
      headers: { 'log-index': '7' },
    });
    await house.ledger.poison('custody.recorded.v1', { key: shipment.sub, value: null });
    await house.ledger.poison('registry.recorded.v1', { key: sender.id, value: 'no entry' });
    await house.ledger.poison('registry.documents.v1', { key: 'x', value: 'no policy' });
    await shipment.add(sender, 'reported', { what: 'stolen' });

    await house.alert(shipment.sub, 'parcel.stolen');

    expect(await messagesOf('custody.recorded.v1.dead.v1')).toBeGreaterThanOrEqual(2);
    await waitFor(async () => (await messagesOf('registry.recorded.v1.dead.v1')) >= 1, {
      what: 'the dead registry entry',
    });
    const late = await house.ledger.party('late-comer', ['sender']);
    const another = await TestShipment.register(house.ledger, late, { to: receiver.id });
    await another.add(late, 'reported', { what: 'stolen' });
    const alert = await house.alert(another.sub, 'parcel.stolen');
    expect(alert.sentence).toBe('The late-comer reported the parcel stolen.');
  }, 60_000);
});

async function messagesOf(topic: Parameters<typeof topicName>[1]): Promise<number> {
  const admin = house.kafka.admin();
  await admin.connect();
  try {
    const partitions = await admin.fetchTopicOffsets(topicName(house.settings.UNBROKEN_KAFKA_TOPIC_PREFIX, topic));
    return partitions.reduce((sum, { high }) => sum + Number(high), 0);
  } finally {
    await admin.disconnect();
  }
}

/** What custody.alerts.v1 holds of a chain, by key. */
async function announced(sub: string): Promise<string[]> {
  const prefix = house.settings.UNBROKEN_KAFKA_TOPIC_PREFIX;
  const total = await messagesOf('custody.alerts.v1');
  const consumer = house.kafka.consumer({ groupId: `${prefix}announced`, maxWaitTimeInMs: 100 });
  const keys: string[] = [];
  await consumer.connect();
  await consumer.subscribe({ topic: topicName(prefix, 'custody.alerts.v1'), fromBeginning: true });
  await consumer.run({
    eachMessage: ({ message }) => {
      keys.push(String(message.key));
      return Promise.resolve();
    },
  });
  await waitFor(() => keys.length >= total, { what: 'the announced alerts' });
  await consumer.disconnect();
  return keys.filter((key) => key.startsWith(`${sub}/`));
}
