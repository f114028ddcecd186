import { freshTopicPrefix, privateKafka, waitFor } from '@unbroken/testing';
import type { PrivateKafka } from '@unbroken/testing';
import type { Kafka } from 'kafkajs';
import { topics } from '@unbroken/contracts';
import { configureLog } from '../log/event-log.js';
import { createKafka } from './client.js';
import { RawProducer } from './raw-producer.js';
import { SupervisedConsumer } from './supervised-consumer.js';
import { ensureTopics } from './topics.js';

const TOPIC = 'registry.tokens.v1';

describe('a consumer and a producer when the broker', () => {
  const lines: string[] = [];
  let broker: PrivateKafka;
  let kafka: Kafka;
  let prefix: string;
  let seen: string[];
  let failWith: Error | undefined;
  let consumer: SupervisedConsumer;
  let producer: RawProducer;

  beforeAll(async () => {
    broker = await privateKafka();
    kafka = createKafka({ UNBROKEN_KAFKA_BROKERS: broker.brokers }, 'broker-outage-test');
  }, 120_000);
  afterAll(() => broker.stop(), 60_000);

  beforeEach(async () => {
    lines.length = 0;
    configureLog({ level: 'info', service: 'test', destination: { write: (line) => void lines.push(line) } });
    prefix = freshTopicPrefix();
    await ensureTopics(kafka, { [TOPIC]: topics[TOPIC] }, prefix);
    seen = [];
    producer = new RawProducer({ kafka, prefix });
    consumer = new SupervisedConsumer({
      kafka,
      groupId: `${prefix}outage`,
      topics: [prefix + TOPIC],
      fromBeginning: true,
      silenceMs: 2_000,
      run: {
        eachBatch: ({ batch }) => {
          if (failWith !== undefined) {
            const error = failWith;
            failWith = undefined;
            return Promise.reject(error);
          }
          seen.push(...batch.messages.map(({ value }) => String(value)));
          return Promise.resolve();
        },
      },
    });
    consumer.start();
    await producer.send(TOPIC, [{ value: 'before' }]);
    await waitFor(() => seen.includes('before'), { what: 'the first message' });
  }, 60_000);
  afterEach(async () => {
    await consumer.stop();
    await producer.close();
  }, 60_000);

  it('is killed → both go on with the new one', async () => {
    await broker.kill9();
    await waitFor(
      () =>
        producer.send(TOPIC, [{ value: 'after' }]).then(
          () => true,
          () => false,
        ),
      { what: 'a send to be acknowledged', timeoutMs: 60_000 },
    );
    await waitFor(() => seen.includes('after'), { what: 'the next message', timeoutMs: 60_000 });
    expect(consumer.joined).toBe(true);
  }, 120_000);

  it('falls silent → the watchdog replaces the consumer, which reads on when the broker is back', async () => {
    await broker.pause();
    await waitFor(() => lines.some((line) => line.includes('"reason":"silence"')), {
      what: 'the watchdog to notice',
      timeoutMs: 30_000,
    });
    expect(consumer.joined).toBe(false);
    await broker.resume();
    await waitFor(() => consumer.joined, { what: 'it to join again', timeoutMs: 60_000 });
    await producer.send(TOPIC, [{ value: 'after' }]);
    await waitFor(() => seen.includes('after'), { what: 'the next message', timeoutMs: 60_000 });
  }, 120_000);

  it('is well but the consumer crashes on an error the client never retries → a new one reads on', async () => {
    failWith = new TypeError('undefined is no hand-off');
    await producer.send(TOPIC, [{ value: 'after' }]);
    await waitFor(() => seen.includes('after'), { what: 'the message to come again', timeoutMs: 30_000 });
    expect(lines.some((line) => line.includes('"reason":"crash"'))).toBe(true);
  }, 60_000);
});
