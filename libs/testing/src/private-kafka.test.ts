// A broker that is killed comes back by itself, on its port and with what it had acknowledged.
import kafkajs from 'kafkajs';
import type { Kafka } from 'kafkajs';

import { freshTopicPrefix } from './fresh-topic-prefix.js';
import { privateKafka } from './private-kafka.js';
import type { PrivateKafka } from './private-kafka.js';
import { waitFor } from './wait-for.js';

describe('privateKafka', () => {
  let broker: PrivateKafka;
  let kafka: Kafka;
  const topic = `${freshTopicPrefix()}kept`;

  beforeAll(async () => {
    broker = await privateKafka();
    kafka = new kafkajs.Kafka({
      brokers: [...broker.brokers],
      logLevel: kafkajs.logLevel.NOTHING,
      connectionTimeout: 1000,
      requestTimeout: 2000,
      retry: { initialRetryTime: 100, maxRetryTime: 1000, retries: 20 },
    });
  }, 150_000);

  afterAll(() => broker.stop(), 60_000);

  async function send(value: string, retries = 20): Promise<void> {
    const producer = kafka.producer({ retry: { retries } });
    await producer.connect();
    await producer.send({ topic, messages: [{ value }] });
    await producer.disconnect();
  }

  async function withAdmin<T>(work: (admin: ReturnType<Kafka['admin']>) => Promise<T>): Promise<T> {
    const admin = kafka.admin();
    await admin.connect();
    try {
      return await work(admin);
    } finally {
      await admin.disconnect();
    }
  }

  const offset = () => withAdmin(async (admin) => (await admin.fetchTopicOffsets(topic))[0]?.offset);

  it('a topic nobody made → refused, not made by the way', async () => {
    await expect(send('nowhere', 1)).rejects.toThrow('does not host this topic-partition');
    expect(await withAdmin((admin) => admin.listTopics())).toEqual([]);
  }, 60_000);

  it('kill -9 → takes requests again at the same address, with every message it had acknowledged', async () => {
    await withAdmin((admin) => admin.createTopics({ topics: [{ topic, numPartitions: 1 }], waitForLeaders: true }));
    await send('before');
    await broker.kill9();
    expect(await waitFor(offset, { timeoutMs: 60_000, what: 'the broker to answer after kill -9' })).toBe('1');
    await send('after');
    expect(await offset()).toBe('2');
  }, 120_000);

  it('paused → does not answer; resumed → does', async () => {
    await broker.pause();
    const answered = offset();
    await expect(
      Promise.race([answered, new Promise((_, reject) => setTimeout(reject, 1500, new Error('silent')))]),
    ).rejects.toThrow('silent');
    await broker.resume();
    expect(await answered).toBe('2');
  }, 60_000);
});
