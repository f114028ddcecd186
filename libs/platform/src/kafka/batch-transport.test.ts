import { waitFor } from '@unbroken/testing';
import { topics } from '@unbroken/contracts';
import { Readiness } from '../http/readiness.js';
import type { BatchContext } from './batch-context.js';
import { poisonTests } from './poison.part.test.js';
import type { RawMessage } from './raw-message.js';
import { Shop, TOPIC, texts } from './shop.part.test.js';
import { ensureTopics, topicName } from './topics.js';

describe('a batch transport', () => {
  let shop: Shop;

  beforeEach(async () => (shop = await Shop.open()), 120_000);
  afterEach(() => shop.close(), 30_000);

  it('messages of one key → in order, raw, to each service’s own handler', async () => {
    const bakery: RawMessage[] = [];
    const dairy: RawMessage[] = [];
    let context: BatchContext | undefined;
    shop.handlers.bakery = (messages, ctx) => {
      bakery.push(...messages);
      context = ctx;
    };
    shop.handlers.dairy = (messages) => void dairy.push(...messages);
    const sent = Array.from({ length: 1_000 }, (_, index) => `{"looks":"like JSON","n":${index}}`);
    await shop.send(sent);
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
    shop.handlers.bakery = (messages) => void first.push(...messages);
    await shop.send(['a', 'b']);
    await waitFor(() => first.length === 2, { what: 'the first two' });
    await shop.app.close();
    const second: RawMessage[] = [];
    shop.handlers.bakery = (messages) => void second.push(...messages);
    await shop.start();
    await shop.send(['c']);
    await waitFor(() => second.length > 0, { what: 'the third' });
    expect(texts(second)).toEqual(['c']);
  }, 60_000);

  it('handled, and nothing comes after it → committed all the same', async () => {
    shop.handlers.bakery = () => undefined;
    await shop.send(['a', 'b']);
    const admin = shop.kafka.admin();
    await admin.connect();
    const topic = topicName(shop.prefix, TOPIC);
    const committed = async () => {
      const [found] = await admin.fetchOffsets({ groupId: `${shop.prefix}bakery`, topics: [topic] });
      return found?.partitions.map(({ offset }) => Number(offset)).toSorted((a, b) => b - a)[0];
    };
    await waitFor(async () => (await committed()) === 2, { what: 'both to be committed' });
    await admin.disconnect();
  }, 30_000);

  it('not handled when the process ends → comes again', async () => {
    const attempted: RawMessage[] = [];
    shop.handlers.bakery = (messages) => {
      attempted.push(...messages);
      throw new Error('Connection terminated unexpectedly');
    };
    await shop.send(['a']);
    await waitFor(() => attempted.length > 0, { what: 'a first attempt' });
    await shop.app.close();
    const again: RawMessage[] = [];
    shop.handlers.bakery = (messages) => void again.push(...messages);
    await shop.start();
    await waitFor(() => again.length > 0, { what: 'the message to come again' });
    expect(texts(again)).toEqual(['a']);
  }, 60_000);

  it('called a pack, but none → the handler has it as it is', async () => {
    const handled: RawMessage[] = [];
    shop.handlers.bakery = (messages) => void handled.push(...messages);
    await shop.producer.send(TOPIC, [{ key: 'k', value: 'no pack', headers: { entries: '2' } }]);
    await waitFor(() => handled.length === 1, { what: 'the message' });
    expect(handled).toMatchObject([{ key: 'k', offset: '0', headers: { entries: '2' } }]);
  }, 30_000);

  it('which partition a key goes to → as the producer says before', async () => {
    const handled: RawMessage[] = [];
    shop.handlers.bakery = (messages) => void handled.push(...messages);
    const keys = Array.from({ length: 20 }, (_, i) => `key-${i}`);
    await shop.producer.send(
      TOPIC,
      keys.map((key) => ({ key, value: key })),
    );
    await waitFor(() => handled.length === keys.length, { what: 'all of them' });
    const partitionOf = await shop.producer.partitioner(TOPIC);
    expect(new Set(handled.map(({ partition }) => partition)).size).toBe(2);
    for (const { key, partition } of handled) expect(partitionOf(key ?? '')).toBe(partition);
  }, 30_000);

  it('a handler that works longer than the session lasts → stays in the group, handles it once', async () => {
    let calls = 0;
    let release: (() => void) | undefined;
    shop.handlers.bakery = () => {
      calls += 1;
      return new Promise((resolve) => (release = resolve));
    };
    await shop.send(['a']);
    await waitFor(() => release !== undefined, { what: 'the handler to begin' });
    const longerThanTheSession = performance.now() + 7_500;
    await waitFor(() => performance.now() > longerThanTheSession, { what: 'the session time to pass' });
    release?.();
    const after: RawMessage[] = [];
    shop.handlers.bakery = (messages) => void after.push(...messages);
    await shop.send(['b']);
    await waitFor(() => after.length > 0, { what: 'the next message' });
    expect({ calls, after: texts(after) }).toEqual({ calls: 1, after: ['b'] });
  }, 30_000);

  it('joined → ready', async () => {
    const readiness = shop.app.get(Readiness);
    await waitFor(async () => (await readiness.report()).ready, { what: 'both consumers to join' });
    expect((await readiness.report()).checks.map(({ name }) => name)).toEqual(['consumer bakery', 'consumer dairy']);
  }, 30_000);

  it('topics are there already with other settings → left as they are', async () => {
    await ensureTopics(shop.kafka, { [TOPIC]: { ...topics[TOPIC], partitions: 5 } }, shop.prefix);
    const admin = shop.kafka.admin();
    await admin.connect();
    const { topics: found } = await admin.fetchTopicMetadata({ topics: [topicName(shop.prefix, TOPIC)] });
    await admin.disconnect();
    expect(found[0]?.partitions).toHaveLength(2);
  }, 30_000);

  describe('and a message that cannot be handled', () => poisonTests(() => shop));
});
