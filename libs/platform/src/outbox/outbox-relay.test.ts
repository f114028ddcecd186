import { freshDatabase, freshTopicPrefix, testKafka, waitFor } from '@unbroken/testing';
import type { FreshDatabase } from '@unbroken/testing';
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

const TOPIC = 'registry.tokens.v1';

describe('the outbox', () => {
  const outbox = new Outbox();
  let kafka: Kafka;
  let database: FreshDatabase;
  let dataSource: DataSource;
  let prefix: string;
  let producers: RawProducer[];

  beforeAll(async () => {
    configureLog({ level: 'error', service: 'test', destination: { write: () => undefined } });
    kafka = createKafka({ UNBROKEN_KAFKA_BROKERS: (await testKafka()).brokers }, 'outbox-test');
  }, 120_000);
  beforeEach(async () => {
    database = await freshDatabase();
    dataSource = await openDatabase({
      service: 'sender',
      settings: { UNBROKEN_POSTGRES_URL: database.url, UNBROKEN_POSTGRES_PASSWORDS: database.passwordsDir },
      entities: [],
      migrations: [outboxMigration],
    });
    prefix = freshTopicPrefix();
    await ensureTopics(kafka, { [TOPIC]: topics[TOPIC] }, prefix);
    producers = [];
  }, 60_000);
  afterEach(async () => {
    for (const producer of producers) await producer.close();
    await dataSource.destroy();
    await database.drop();
  }, 30_000);

  function relay(): OutboxRelay {
    const producer = new RawProducer({ kafka, prefix });
    producers.push(producer);
    return new OutboxRelay({ dataSource, producer, service: 'sender' });
  }

  const append = (values: readonly string[], key: string | null = 'k') =>
    dataSource.transaction((manager) =>
      outbox.append(
        manager,
        values.map((value) => ({ topic: TOPIC, key, value: Buffer.from(value), headers: { 'received-at': 'now' } })),
      ),
    );

  const remaining = async () =>
    Number((await dataSource.query<{ n: string }[]>('SELECT count(*) AS n FROM outbox'))[0]?.n);

  const isEmpty = () =>
    waitFor(async () => (await remaining()) === 0, { what: 'the outbox to be empty', timeoutMs: 60_000 });

  async function published(): Promise<string[]> {
    const seen: string[] = [];
    const reader = new FollowReader({
      kafka,
      prefix,
      topic: TOPIC,
      onBatch: (messages) => void seen.push(...messages.map(({ value }) => String(value))),
    });
    reader.start();
    await reader.caughtUp;
    await reader.stop();
    return seen;
  }

  it('rows committed and the relay woken → published in order with key and headers, then gone', async () => {
    const running = relay();
    running.start();
    const values = Array.from({ length: 1_201 }, (_, index) => String(index));
    await append(values);
    running.wake();
    await isEmpty();
    await running.stop();
    expect(await published()).toEqual(values);
  }, 60_000);

  it('the transaction is rolled back → nothing is published', async () => {
    const running = relay();
    running.start();
    const failing = dataSource.transaction(async (manager) => {
      await outbox.append(manager, [{ topic: TOPIC, key: 'k', value: Buffer.from('never'), headers: {} }]);
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    await append(['kept']);
    await isEmpty();
    await running.stop();
    expect(await published()).toEqual(['kept']);
  }, 60_000);

  it('five hundred of the longest tokens → sent in portions that a broker takes', async () => {
    const values = Array.from({ length: 500 }, (_, index) => `${index} ${'x'.repeat(8_180)}`);
    await append(values);
    const running = relay();
    running.start();
    await isEmpty();
    await running.stop();
    expect(await published()).toEqual(values);
  }, 60_000);

  it('the leader cannot reach Kafka → keeps every row, says so, and lets another relay lead', async () => {
    const lines: string[] = [];
    configureLog({ level: 'warn', service: 'test', destination: { write: (line) => void lines.push(line) } });
    const nobodyThere = createKafka({ UNBROKEN_KAFKA_BROKERS: ['127.0.0.1:1'] }, 'outbox-test');
    const cutOff = new RawProducer({ kafka: nobodyThere, prefix });
    producers.push(cutOff);
    const stranded = new OutboxRelay({ dataSource, producer: cutOff, service: 'sender' });
    stranded.start();
    await append(['a', 'b']);
    const waits = () => lines.filter((line) => line.includes('outbox.waiting')).length;
    await waitFor(() => waits() > 0, { what: 'it to say that it waits', timeoutMs: 45_000 });
    // As whoever commits rows does.
    stranded.wake();
    expect(await remaining()).toBe(2);
    const running = relay();
    running.start();
    await isEmpty();
    expect(waits()).toBe(1);
    await Promise.all([stranded.stop(), running.stop()]);
    expect(await published()).toEqual(['a', 'b']);
  }, 120_000);

  it('two relays, the leader stops on the way → the other goes on, nothing out of order or twice', async () => {
    const first = relay();
    const second = relay();
    first.start();
    second.start();
    const values = Array.from({ length: 6_000 }, (_, index) => String(index));
    for (let start = 0; start < values.length; start += 300) {
      await append(values.slice(start, start + 300));
      first.wake();
      second.wake();
      if (start === 3_000) await first.stop();
    }
    await isEmpty();
    await second.stop();
    expect(await published()).toEqual(values);
  }, 60_000);

  it('the leader’s connection is ended by Postgres → it leads again and loses nothing', async () => {
    const running = relay();
    running.start();
    await append(['a']);
    await isEmpty();
    await dataSource.query(
      `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND database =
        (SELECT oid FROM pg_database WHERE datname = current_database())`,
    );
    await append(['b']);
    await isEmpty();
    await running.stop();
    expect(await published()).toEqual(['a', 'b']);
    const locks = await dataSource.query<unknown[]>(
      `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND database =
        (SELECT oid FROM pg_database WHERE datname = current_database())`,
    );
    expect(locks).toEqual([]);
  }, 60_000);
});
