import { freshDatabase, freshTopicPrefix, privateKafka, waitFor } from '@unbroken/testing';
import type { FreshDatabase, PrivateKafka } from '@unbroken/testing';
import type { Kafka } from 'kafkajs';
import type { DataSource } from 'typeorm';
import { topics } from '@unbroken/contracts';
import { openDatabase } from '../database/service-database.js';
import { createKafka } from '../kafka/client.js';
import { FollowReader } from '../kafka/follow-reader.js';
import { RawProducer } from '../kafka/raw-producer.js';
import { ensureTopics } from '../kafka/topics.js';
import { configureLog } from '../log/event-log.js';
import { outboxMigration } from './outbox-migration.js';
import { OutboxRelay } from './outbox-relay.js';
import { Outbox } from './outbox.js';
import type { OutboxRow } from './outbox.js';

const TOPIC = 'registry.tokens.v1';
const KEYS = 7;

describe('the broker is killed while the outbox is being filled', () => {
  const prefix = freshTopicPrefix();
  const outbox = new Outbox();
  let broker: PrivateKafka;
  let kafka: Kafka;
  let database: FreshDatabase;
  let dataSource: DataSource;

  beforeAll(async () => {
    configureLog({ level: 'error', service: 'test', destination: { write: () => undefined } });
    broker = await privateKafka();
    kafka = createKafka({ UNBROKEN_KAFKA_BROKERS: broker.brokers }, 'broker-killed-test');
    database = await freshDatabase();
    dataSource = await openDatabase({
      service: 'courier',
      settings: { UNBROKEN_POSTGRES_URL: database.url, UNBROKEN_POSTGRES_PASSWORDS: database.passwordsDir },
      entities: [],
      migrations: [outboxMigration],
    });
    await ensureTopics(kafka, { [TOPIC]: topics[TOPIC] }, prefix);
  }, 120_000);
  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
    await broker.stop();
  }, 60_000);

  it('twice → every row arrives, first occurrences in order per key, and a reader follows by itself', async () => {
    const producer = new RawProducer({ kafka, prefix });
    const relay = new OutboxRelay({ dataSource, producer, service: 'courier' });
    const seen: { key: string; value: number }[] = [];
    const reader = new FollowReader({
      kafka,
      prefix,
      topic: TOPIC,
      onBatch: (messages) =>
        void seen.push(...messages.map(({ key, value }) => ({ key: String(key), value: Number(String(value)) }))),
    });
    relay.start();
    reader.start();
    const total = 9_000;
    for (let start = 0; start < total; start += 100) {
      const rows = Array.from({ length: 100 }, (_, index): OutboxRow => ({
        topic: TOPIC,
        key: `key-${(start + index) % KEYS}`,
        value: Buffer.from(String(start + index)),
        headers: {},
      }));
      await dataSource.transaction((manager) => outbox.append(manager, rows));
      relay.wake();
      if (start === 2_000 || start === 6_000) {
        await waitFor(() => seen.length > start / 2, { what: 'rows to flow', timeoutMs: 60_000 });
        await broker.kill9();
      }
    }
    const distinct = () => new Set(seen.map(({ value }) => value)).size;
    await waitFor(() => distinct() === total, { what: 'every row to arrive', timeoutMs: 90_000 });
    await relay.stop();
    await reader.stop();
    await producer.close();
    for (let key = 0; key < KEYS; key += 1) {
      const values = seen.filter((message) => message.key === `key-${key}`).map(({ value }) => value);
      const firsts = [...new Set(values)];
      expect(firsts).toEqual([...firsts].sort((a, b) => a - b));
    }
    // Repetitions are batches that were acknowledged or written but not yet deleted when the broker died.
    expect(seen.length - total).toBeLessThanOrEqual(2 * 500);
  }, 180_000);
});
