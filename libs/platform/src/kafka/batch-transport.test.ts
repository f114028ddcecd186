import { Controller, Module } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { freshTopicPrefix, testKafka, waitFor } from '@unbroken/testing';
import type { Kafka } from 'kafkajs';
import { topics } from '@unbroken/contracts';
import type { DeadTopic, Topic } from '@unbroken/contracts';
import { createHttpApp } from '../http/http-app.js';
import { Readiness } from '../http/readiness.js';
import { startService } from '../http/run-service.js';
import { configureLog } from '../log/event-log.js';
import { BatchContext } from './batch-context.js';
import { BatchTransport } from './batch-transport.js';
import { createKafka } from './client.js';
import { FollowReader } from './follow-reader.js';
import { PoisonMessage } from './poison-message.js';
import { encodePack } from './recorded-pack.js';
import type { RawMessage } from './raw-message.js';
import { RawProducer } from './raw-producer.js';
import { ensureTopics, topicName } from './topics.js';

const BAKERY = Symbol('bakery');
const DAIRY = Symbol('dairy');
const TOPIC = 'custody.tokens.v1';
const DEAD = `${TOPIC}.dead.v1`;

type Handler = (messages: readonly RawMessage[], context: BatchContext) => void | Promise<void>;

/** What the two services of the test do with a batch; each test sets its own. */
const handlers: { bakery: Handler; dairy: Handler } = { bakery: () => undefined, dairy: () => undefined };

@Controller()
class BakeryConsumer {
  @EventPattern<Topic>(TOPIC, BAKERY)
  async onTokens(@Payload() messages: readonly RawMessage[], @Ctx() context: BatchContext): Promise<void> {
    await handlers.bakery(messages, context);
  }
}

@Controller()
class DairyConsumer {
  @EventPattern<Topic>(TOPIC, DAIRY)
  async onTokens(@Payload() messages: readonly RawMessage[], @Ctx() context: BatchContext): Promise<void> {
    await handlers.dairy(messages, context);
  }
}

@Module({ controllers: [BakeryConsumer, DairyConsumer] })
class ShopModule {}

const settings = {
  UNBROKEN_HTTP_HOST: '127.0.0.1',
  UNBROKEN_HTTP_PORT: 0,
  UNBROKEN_LOG_LEVEL: 'error',
  UNBROKEN_SERVICE: 'shop',
} as const;

describe('a batch transport', () => {
  let kafka: Kafka;
  let prefix: string;
  let producer: RawProducer;
  let app: NestFastifyApplication;

  beforeAll(async () => {
    kafka = createKafka({ UNBROKEN_KAFKA_BROKERS: (await testKafka()).brokers }, 'batch-transport-test');
  }, 120_000);

  beforeEach(async () => {
    prefix = freshTopicPrefix();
    await ensureTopics(kafka, { [TOPIC]: { ...topics[TOPIC], partitions: 2 }, [DEAD]: topics[DEAD] }, prefix);
    producer = new RawProducer({ kafka, prefix });
    await start();
  }, 60_000);

  afterEach(async () => {
    await app.close();
    await producer.close();
  }, 30_000);

  async function start(): Promise<void> {
    app = await createHttpApp(ShopModule, settings);
    configureLog({ level: 'error', service: 'test', destination: { write: () => undefined } });
    const transport = (transportId: symbol, groupId: string) =>
      new BatchTransport({ kafka, groupId, transportId, prefix, dead: producer, fromBeginning: true });
    await startService({ app, transports: [transport(BAKERY, 'bakery'), transport(DAIRY, 'dairy')] });
  }

  const send = (texts: readonly string[]) =>
    producer.send(
      TOPIC,
      texts.map((value) => ({ key: 'one-key', value, headers: { 'received-at': '2026-11-21T00:00:00.000Z' } })),
    );

  async function everythingIn(topic: Topic | DeadTopic): Promise<RawMessage[]> {
    const seen: RawMessage[] = [];
    const reader = new FollowReader({
      kafka,
      prefix,
      topic,
      onBatch: (messages) => void seen.push(...messages),
    });
    reader.start();
    await reader.caughtUp;
    await reader.stop();
    return seen;
  }

  const texts = (messages: readonly RawMessage[]) => messages.map(({ value }) => String(value));

  it('messages of one key → in order, raw, to each service’s own handler', async () => {
    const bakery: RawMessage[] = [];
    const dairy: RawMessage[] = [];
    let context: BatchContext | undefined;
    handlers.bakery = (messages, ctx) => {
      bakery.push(...messages);
      context = ctx;
    };
    handlers.dairy = (messages) => void dairy.push(...messages);
    const sent = Array.from({ length: 1_000 }, (_, index) => `{"looks":"like JSON","n":${index}}`);
    await send(sent);
    await waitFor(() => bakery.length >= 1_000 && dairy.length >= 1_000, { what: 'both services to have read all' });
    expect(texts(bakery)).toEqual(sent);
    expect(texts(dairy)).toEqual(sent);
    expect(bakery[0]).toMatchObject({
      key: 'one-key',
      topic: TOPIC,
      offset: '0',
      headers: { 'received-at': '2026-11-21T00:00:00.000Z' },
    });
    expect(context?.position).toMatchObject({ topic: TOPIC, partition: bakery[0]?.partition });
  }, 30_000);

  it('handled → committed: after a restart only what is new comes', async () => {
    const first: RawMessage[] = [];
    handlers.bakery = (messages) => void first.push(...messages);
    await send(['a', 'b']);
    await waitFor(() => first.length === 2, { what: 'the first two' });
    await app.close();
    const second: RawMessage[] = [];
    handlers.bakery = (messages) => void second.push(...messages);
    await start();
    await send(['c']);
    await waitFor(() => second.length > 0, { what: 'the third' });
    expect(texts(second)).toEqual(['c']);
  }, 60_000);

  it('handled, and nothing comes after it → committed all the same', async () => {
    handlers.bakery = () => undefined;
    await send(['a', 'b']);
    const admin = kafka.admin();
    await admin.connect();
    const topic = topicName(prefix, TOPIC);
    const committed = async () => {
      const [found] = await admin.fetchOffsets({ groupId: `${prefix}bakery`, topics: [topic] });
      return found?.partitions.map(({ offset }) => Number(offset)).toSorted((a, b) => b - a)[0];
    };
    await waitFor(async () => (await committed()) === 2, { what: 'both to be committed' });
    await admin.disconnect();
  }, 30_000);

  it('not handled when the process ends → comes again', async () => {
    const attempted: RawMessage[] = [];
    handlers.bakery = (messages) => {
      attempted.push(...messages);
      throw new Error('Connection terminated unexpectedly');
    };
    await send(['a']);
    await waitFor(() => attempted.length > 0, { what: 'a first attempt' });
    await app.close();
    const again: RawMessage[] = [];
    handlers.bakery = (messages) => void again.push(...messages);
    await start();
    await waitFor(() => again.length > 0, { what: 'the message to come again' });
    expect(texts(again)).toEqual(['a']);
  }, 60_000);

  it('the handler throws a TypeError three times → consumer lives, batch is handled, nothing is dead', async () => {
    let failures = 0;
    const handled: RawMessage[] = [];
    handlers.bakery = (messages) => {
      failures += 1;
      if (failures <= 3) throw new TypeError("cannot read properties of undefined (reading 'hand-off')");
      handled.push(...messages);
    };
    await send(['a']);
    await waitFor(() => handled.length > 0, { what: 'the batch to be handled' });
    await send(['b']);
    await waitFor(() => handled.length > 1, { what: 'the next batch' });
    expect(texts(handled)).toEqual(['a', 'b']);
    expect(await everythingIn(DEAD)).toEqual([]);
  }, 30_000);

  it('one message always throws → it goes to the dead topic and the partition moves on', async () => {
    const handled: RawMessage[] = [];
    handlers.bakery = (messages) => {
      if (texts(messages).includes('bad')) throw new TypeError('no such hand-off');
      handled.push(...messages);
    };
    await send(['a', 'b', 'bad', 'c']);
    await send(['d']);
    await waitFor(() => handled.length >= 4, { what: 'the good ones' });
    expect(texts(handled)).toEqual(['a', 'b', 'c', 'd']);
    const [dead, ...others] = await everythingIn(DEAD);
    expect(others).toEqual([]);
    expect(dead).toMatchObject({
      key: 'one-key',
      headers: {
        'received-at': '2026-11-21T00:00:00.000Z',
        error: 'TypeError: no such hand-off',
        'source-topic': TOPIC,
        'source-offset': '2',
      },
    });
    expect(String(dead?.value)).toBe('bad');
  }, 30_000);

  it('the handler names the poison → dead at once, with the reason', async () => {
    const handled: RawMessage[] = [];
    handlers.bakery = (messages) => {
      const bad = messages.find(({ value }) => String(value) === 'bad');
      if (bad !== undefined) throw new PoisonMessage(bad.offset, 'not a log entry');
      handled.push(...messages);
    };
    await send(['bad', 'a']);
    await waitFor(() => handled.length === 1, { what: 'the good one' });
    const dead = await everythingIn(DEAD);
    expect(dead.map(({ headers }) => [headers.error, headers.attempt])).toEqual([['not a log entry', '1']]);
  }, 30_000);

  it('one entry of a pack is poison → it alone is dead, and says its place', async () => {
    const handled: RawMessage[] = [];
    handlers.bakery = (messages) => {
      const bad = messages.find(({ value }) => String(value) === 't 1\nbad');
      if (bad !== undefined) throw new PoisonMessage(bad.offset, 'an entry without a readable token');
      handled.push(...messages);
    };
    const entries = ['a', 'bad', 'c'].map((text, index) => ({
      index: String(index),
      key: `key-${text}`,
      receivedAt: '2026-11-21T00:00:00.000Z',
      deviceClock: undefined,
      entry: Buffer.from(`t 1\n${text}`),
    }));
    const told = { 'log-origin': 'unbroken-test/custody/0', entries: '3' };
    await producer.send(TOPIC, [{ key: 'key-a', value: encodePack(entries), headers: told }]);
    await waitFor(() => handled.length === 2, { what: 'the good ones' });
    expect(handled.map(({ key, headers }) => [key, headers['log-index']])).toEqual([
      ['key-a', '0'],
      ['key-c', '2'],
    ]);
    const dead = await everythingIn(DEAD);
    expect(dead.map(({ key, value, headers }) => [key, String(value), headers['source-offset']])).toEqual([
      ['key-bad', 't 1\nbad', '0.1'],
    ]);
  }, 30_000);

  it('called a pack, but none → the handler has it as it is', async () => {
    const handled: RawMessage[] = [];
    handlers.bakery = (messages) => void handled.push(...messages);
    await producer.send(TOPIC, [{ key: 'k', value: 'no pack', headers: { entries: '2' } }]);
    await waitFor(() => handled.length === 1, { what: 'the message' });
    expect(handled).toMatchObject([{ key: 'k', offset: '0', headers: { entries: '2' } }]);
  }, 30_000);

  it('which partition a key goes to → as the producer says before', async () => {
    const handled: RawMessage[] = [];
    handlers.bakery = (messages) => void handled.push(...messages);
    const keys = Array.from({ length: 20 }, (_, i) => `key-${i}`);
    await producer.send(
      TOPIC,
      keys.map((key) => ({ key, value: key })),
    );
    await waitFor(() => handled.length === keys.length, { what: 'all of them' });
    const partitionOf = await producer.partitioner(TOPIC);
    expect(new Set(handled.map(({ partition }) => partition)).size).toBe(2);
    for (const { key, partition } of handled) expect(partitionOf(key ?? '')).toBe(partition);
  }, 30_000);

  it('a handler that works longer than the session lasts → stays in the group, handles it once', async () => {
    let calls = 0;
    let release: (() => void) | undefined;
    handlers.bakery = () => {
      calls += 1;
      return new Promise((resolve) => (release = resolve));
    };
    await send(['a']);
    await waitFor(() => release !== undefined, { what: 'the handler to begin' });
    const longerThanTheSession = performance.now() + 7_500;
    await waitFor(() => performance.now() > longerThanTheSession, { what: 'the session time to pass' });
    release?.();
    const after: RawMessage[] = [];
    handlers.bakery = (messages) => void after.push(...messages);
    await send(['b']);
    await waitFor(() => after.length > 0, { what: 'the next message' });
    expect({ calls, after: texts(after) }).toEqual({ calls: 1, after: ['b'] });
  }, 30_000);

  it('joined → ready', async () => {
    const readiness = app.get(Readiness);
    await waitFor(async () => (await readiness.report()).ready, { what: 'both consumers to join' });
    expect((await readiness.report()).checks.map(({ name }) => name)).toEqual(['consumer bakery', 'consumer dairy']);
  }, 30_000);

  it('topics are there already with other settings → left as they are', async () => {
    await ensureTopics(kafka, { [TOPIC]: { ...topics[TOPIC], partitions: 5 } }, prefix);
    const admin = kafka.admin();
    await admin.connect();
    const { topics: found } = await admin.fetchTopicMetadata({ topics: [topicName(prefix, TOPIC)] });
    await admin.disconnect();
    expect(found[0]?.partitions).toHaveLength(2);
  }, 30_000);
});
