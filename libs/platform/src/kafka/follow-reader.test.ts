import { freshTopicPrefix, testKafka, waitFor } from '@unbroken/testing';
import type { Kafka } from 'kafkajs';
import { topics } from '@unbroken/contracts';
import { configureLog } from '../log/event-log.js';
import { createKafka } from './client.js';
import { FollowReader } from './follow-reader.js';
import { RawProducer } from './raw-producer.js';
import { ensureTopics } from './topics.js';

const TOPIC = 'registry.recorded.v1';

describe('a follow reader', () => {
  let kafka: Kafka;
  let prefix: string;
  let producer: RawProducer;

  beforeAll(async () => {
    configureLog({ level: 'error', service: 'test', destination: { write: () => undefined } });
    kafka = createKafka({ UNBROKEN_KAFKA_BROKERS: (await testKafka()).brokers }, 'follow-reader-test');
  }, 120_000);
  beforeEach(async () => {
    prefix = freshTopicPrefix();
    await ensureTopics(kafka, { [TOPIC]: topics[TOPIC] }, prefix);
    producer = new RawProducer({ kafka, prefix });
  }, 30_000);
  afterEach(() => producer.close());

  const send = (values: readonly string[]) =>
    producer.send(
      TOPIC,
      values.map((value) => ({ value })),
    );

  it('a topic with content → read whole before it is caught up, then followed; each reader for itself', async () => {
    const content = Array.from({ length: 3_000 }, (_, index) => String(index));
    await send(content);
    const seen: string[][] = [[], []];
    const readers = seen.map(
      (list) =>
        new FollowReader({
          kafka,
          prefix,
          topic: TOPIC,
          onBatch: (messages) => void list.push(...messages.map(({ value }) => String(value))),
        }),
    );
    for (const reader of readers) reader.start();
    await Promise.all(readers.map((reader) => reader.caughtUp));
    expect(seen).toEqual([content, content]);
    await send(['new']);
    await waitFor(() => seen.every((list) => list.at(-1) === 'new'), { what: 'both readers to see the new one' });
    await Promise.all(readers.map((reader) => reader.stop()));
  }, 60_000);

  it('an empty topic → caught up at once', async () => {
    const reader = new FollowReader({ kafka, prefix, topic: TOPIC, onBatch: () => undefined });
    reader.start();
    await reader.caughtUp;
    expect(await reader.readiness.check()).toEqual({ ok: true });
    await reader.stop();
  }, 30_000);

  it('the view throws → the same batch again, none left out or doubled', async () => {
    await send(['a', 'b']);
    const seen: string[] = [];
    let failures = 0;
    const reader = new FollowReader({
      kafka,
      prefix,
      topic: TOPIC,
      onBatch: (messages) => {
        failures += 1;
        if (failures < 3) throw new TypeError('view is not ready');
        seen.push(...messages.map(({ value }) => String(value)));
      },
    });
    reader.start();
    await reader.caughtUp;
    await reader.stop();
    expect(seen).toEqual(['a', 'b']);
  }, 30_000);
});
