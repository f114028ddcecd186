// Folding what a ledger publishes, on a real Kafka and a real Postgres.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { defaultPolicy, emptyChain, judgeChain, summaryOf, withPresentStandings } from '@unbroken/custody';
import { topics } from '@unbroken/contracts';
import { RawProducer, createKafka, ensureTopics, openDatabase, topicName } from '@unbroken/platform';
import type { RawMessage } from '@unbroken/platform';
import { TestClock, freshDatabase, freshTopicPrefix, testKafka, waitFor } from '@unbroken/testing';
import type { FreshDatabase } from '@unbroken/testing';
import type { PartyId, ShipmentId } from '@unbroken/tokens';
import type { Consumer, Kafka } from 'kafkajs';
import type { DataSource } from 'typeorm';
import { ChainStore } from './chain-store.js';
import { searchedChainsMigrations } from './chains-migration.js';
import { TestLedger, TestShipment } from './fixture/index.js';
import type { TestParty } from './fixture/index.js';
import { RegistryView } from './registry-view.js';

const prefix = freshTopicPrefix();
const clock = new TestClock();
const deployment = 'unbroken-test';
const operator = 'unbroken-operator' as PartyId;

let kafka: Kafka;
let producer: RawProducer;
let database: FreshDatabase;
let dataSource: DataSource;
let consumer: Consumer;
let ledger: TestLedger;
let view: RegistryView;
let store: ChainStore;
let sender: TestParty;
let courier: TestParty;
/** Everything on custody.recorded.v1 so far, by shipment. */
const heard = new Map<string, RawMessage[]>();

beforeAll(async () => {
  const [{ brokers }, fresh] = await Promise.all([testKafka(), freshDatabase()]);
  database = fresh;
  kafka = createKafka({ UNBROKEN_KAFKA_BROKERS: [...brokers] }, 'chains-test');
  await ensureTopics(kafka, topics, prefix);
  dataSource = await openDatabase({
    service: 'alerts',
    settings: { UNBROKEN_POSTGRES_URL: database.url, UNBROKEN_POSTGRES_PASSWORDS: database.passwordsDir },
    entities: [],
    migrations: [...searchedChainsMigrations],
  });
  producer = new RawProducer({ kafka, prefix });
  ledger = new TestLedger({ producer, clock, deployment, operator });
  store = new ChainStore(dataSource, { searched: true });
  view = new RegistryView({ kafka, prefix, deployment, operator });
  view.start();
  consumer = await listen();
  sender = await ledger.party('health-board', ['sender']);
  courier = await ledger.party('royal-mail', ['courier']);
}, 60_000);

afterAll(async () => {
  await view.stop();
  await consumer.disconnect();
  await producer.close();
  await dataSource.destroy();
  await database.drop();
}, 30_000);

async function listen(): Promise<Consumer> {
  const listener = kafka.consumer({ groupId: `${prefix}listener`, maxWaitTimeInMs: 100 });
  await listener.connect();
  await listener.subscribe({ topic: topicName(prefix, 'custody.recorded.v1'), fromBeginning: true });
  await listener.run({
    eachMessage: ({ partition, message }) => {
      const key = String(message.key);
      const headers = Object.fromEntries(
        Object.entries(message.headers ?? {}).map(([name, text]) => [name, String(text)]),
      );
      const { value, offset } = message;
      heard.set(key, [
        ...(heard.get(key) ?? []),
        { key, value, headers, topic: 'custody.recorded.v1', partition, offset, timestamp: 0 },
      ]);
      return Promise.resolve();
    },
  });
  return listener;
}

const messagesOf = (shipment: TestShipment, count: number): Promise<RawMessage[]> =>
  waitFor(
    () => {
      const messages = heard.get(shipment.sub) ?? [];
      return messages.length >= count ? messages : undefined;
    },
    { what: `${count} entries of a chain` },
  );

const fold = (messages: readonly RawMessage[]) =>
  dataSource.transaction((manager) => store.fold(manager, messages, view));

const someoneWaits = async (): Promise<boolean> => {
  const waiting = await dataSource.query<unknown[]>(
    `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
  );
  return waiting.length > 0;
};

const parcel = (claims: object = {}) =>
  TestShipment.register(ledger, sender, { to: 'statistics', via: [courier.id], ...claims });

describe('a batch', () => {
  it('tokens of one chain in order → each step with the state before it, and the last one kept', async () => {
    const shipment = await parcel();
    await shipment.handOver(sender, courier);
    const [chain] = await fold(await messagesOf(shipment, 3));

    expect(chain?.before).toEqual(summaryOf(emptyChain(shipment.sub)));
    expect(chain?.steps?.map(({ before }) => before?.seq)).toEqual([undefined, 0, 1]);
    expect(chain?.after.status).toBe('in-custody');
    const whole = (await store.get(shipment.sub)) ?? fail();
    expect(summaryOf(whole)).toEqual(chain?.after);
    expect([...judgeChain(whole, view.context).values()].flat()).toEqual([]);
  });

  it('the same messages again, and all of them once more in a longer batch → only the new one is folded', async () => {
    const shipment = await parcel();
    const first = await messagesOf(shipment, 1);
    expect(await fold(first)).toHaveLength(1);
    expect(await fold(first)).toEqual([]);
    await shipment.add(sender, 'sealed', { seals: { A: 'S' } });
    const both = await messagesOf(shipment, 2);

    const [chain] = await fold([...both, ...both]);

    expect(chain?.recorded.map(({ index }) => index)).toEqual([Number(both[1]?.headers['log-index'])]);
  });

  it('a log that succeeds the one before, from index 0 → folded on; a token recorded again there → once', async () => {
    const shipment = await parcel();
    await shipment.handOver(sender, courier);
    const [registered, released, accepted] = await messagesOf(shipment, 3);
    if (registered === undefined || released === undefined || accepted === undefined) throw new Error('nothing heard');
    const inNext = (message: RawMessage, index: number): RawMessage => ({
      ...message,
      headers: { ...message.headers, 'log-origin': `${deployment}/custody/1`, 'log-index': String(index) },
    });
    await fold([registered, released]);
    const again = await fold([inNext(released, 0), inNext(accepted, 1)]);
    expect(again[0]?.after).toMatchObject({ status: 'in-custody', holder: courier.id, disputed: [] });
    const kept = (await store.get(shipment.sub)) ?? fail();
    expect(summaryOf(kept)).toEqual(again[0]?.after);
    expect(kept.history).toHaveLength(3);
    expect(await fold([registered, inNext(released, 0), inNext(accepted, 1)])).toEqual([]);
  });

  it('rolled back → nothing is kept, and the batch is folded again', async () => {
    const shipment = await parcel();
    const messages = await messagesOf(shipment, 1);
    const failed = dataSource.transaction(async (manager) => {
      await store.fold(manager, messages, view);
      throw new Error('crash');
    });
    await expect(failed).rejects.toThrow('crash');
    expect(await store.get(shipment.sub)).toBeUndefined();
    expect(await fold(messages)).toHaveLength(1);
  });

  it('folded by another consumer at the same moment → told to try again, and then there is nothing to do', async () => {
    const shipment = await parcel();
    await shipment.handOver(sender, courier);
    const messages = await messagesOf(shipment, 3);

    const second = await dataSource.transaction(async (manager) => {
      expect(await store.fold(manager, messages, view)).toHaveLength(1);
      // The second has seen no chain either, and waits with its own until the first has committed.
      const folding = fold(messages).catch((error: unknown) => error);
      await waitFor(someoneWaits, { what: 'the second consumer to wait for the first' });
      return { folding };
    });

    expect(await second.folding).toMatchObject({ code: '40001' });
    expect(await fold(messages)).toEqual([]);
    expect((await store.get(shipment.sub))?.history).toHaveLength(3);
  });

  it('a chain that another process has folded on → what was remembered of it is not used', async () => {
    const shipment = await parcel();
    const other = new ChainStore(dataSource, { searched: true });
    const through = async (chains: ChainStore, messages: readonly RawMessage[]) => {
      chains.committed(await dataSource.transaction((manager) => chains.fold(manager, messages, view)));
    };
    await through(store, await messagesOf(shipment, 1));
    await shipment.handOver(sender, courier);
    const [, released, accepted] = await messagesOf(shipment, 3);
    if (released === undefined || accepted === undefined) throw new Error('nothing heard');
    await through(other, [released]);

    await expect(through(store, [accepted])).rejects.toMatchObject({ code: '40001' });
    await through(store, [accepted]);

    expect((await store.get(shipment.sub))?.status).toBe('in-custody');
  });

  it('not an entry → PoisonMessage naming it, nothing kept of the batch', async () => {
    const shipment = await parcel();
    const [good] = await messagesOf(shipment, 1);
    if (good === undefined) throw new Error('nothing heard');
    for (const bad of [
      { ...good, offset: '77', value: Buffer.from('no entry') },
      { ...good, offset: '77', value: null },
      { ...good, offset: '77', headers: {} },
      { ...good, offset: '77', headers: { 'log-index': '1e3' } },
    ]) {
      await expect(fold([good, bad])).rejects.toMatchObject({ name: 'PoisonMessage', offset: '77' });
    }
    expect(await store.get(shipment.sub)).toBeUndefined();
  });

  it('an entry that needs a registry entry not heard yet → waits for it', async () => {
    const shipment = await parcel();
    const [message] = await messagesOf(shipment, 1);
    if (message === undefined) throw new Error('nothing heard');
    const value = Buffer.from(String(message.value).replace(/ \d+\n/, ` ${view.size + 1}\n`));
    const folding = fold([{ ...message, value }]);

    await expect(
      Promise.race([folding, waitFor(() => view.size > 1e6, { timeoutMs: 300, what: 'nothing' })]),
    ).rejects.toThrow('in vain');
    await ledger.say(sender, 'sited', { site: 'hq', geo: [556761, 125683], radius: 100 });

    expect(await folding).toHaveLength(1);
  });
});

describe('malformed', () => {
  it('recorded as malformed → in the history of the chain its key names', async () => {
    const shipment = await parcel();
    await ledger.recordMalformed(shipment.sub, sender.device.kid, 'colour:unknown');
    const [chain] = await fold(await messagesOf(shipment, 2));
    expect(chain?.recorded[1]).toMatchObject({ malformed: 'colour:unknown', kid: sender.device.kid });
    expect(chain?.steps).toBeNull();
  });
});

describe('standing', () => {
  it('a key revoked later → good when folded, suspect with what is known now', async () => {
    const key = await ledger.enrol(sender, 'device', ['sender']);
    const shipment = await parcel();
    const { token } = await shipment.sign(sender, 'sealed', { seals: { A: 'S' } }, key);
    await ledger.record(token);
    await fold(await messagesOf(shipment, 2));
    const state = (await store.get(shipment.sub)) ?? fail();
    expect(standings(state)).toEqual(['good', 'good']);

    await ledger.revoke(sender, key.kid, ledger.now);
    await waitFor(() => standings(withPresentStandings(state, view))[1] === 'suspect', { what: 'the revocation' });
  });
});

const standings = (state: { history: readonly object[] }) =>
  state.history.map((recorded) => (recorded as { standing: { key: string } }).standing.key);

describe('finding chains', () => {
  it('by who has to do with them, newest first, page by page', async () => {
    const mine = await ledger.party('page-turner', ['sender']);
    const subs: ShipmentId[] = [];
    for (let i = 0; i < 5; i += 1) {
      const shipment = await TestShipment.register(ledger, mine, { to: 'statistics' });
      if (i === 4) await shipment.add(mine, 'released', { to: courier.id, mode: 'meet' });
      await fold(await messagesOf(shipment, i === 4 ? 2 : 1));
      subs.unshift(shipment.sub);
    }

    const first = await store.find({ sender: mine.id, limit: 3 });
    const second = await store.find({ sender: mine.id, limit: 3, cursor: first.cursor ?? '' });

    expect([...first.chains, ...second.chains].map(({ sub }) => sub)).toEqual(subs);
    expect(second.cursor).toBeNull();
    expect((await store.find({ party: mine.id, status: ['offered'] })).chains.map(({ sub }) => sub)).toEqual(
      subs.slice(0, 1),
    );
    expect((await store.find({ sender: mine.id, offeredTo: courier.id })).chains).toHaveLength(1);
    expect((await store.find({ holder: 'nobody-at-all' as PartyId })).chains).toEqual([]);
    expect(first.chains[0]?.recordedAt).toBe(clock.now());
  });
});

describe('a policy', () => {
  it('published by the sender before the shipment, its document known → governs; not published → the default one', async () => {
    const text = JSON.stringify({ ...defaultPolicy, name: 'Strict' });
    const policy = await ledger.document(text);
    const before = await parcel({ policy });
    await ledger.say(sender, 'policed', { policy });
    const after = await parcel({ policy });
    const [early] = await fold(await messagesOf(before, 1));
    const [late] = await fold(await messagesOf(after, 1));
    await view.reachDocument('0');

    expect(view.context.policyOf(early?.after ?? fail()).name).toBe(defaultPolicy.name);
    expect(view.context.policyOf(late?.after ?? fail()).name).toBe('Strict');
  });
});

function fail(): never {
  throw new Error('nothing folded');
}
