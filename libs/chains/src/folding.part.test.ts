// What the tests of the chain store stand on: a ledger that publishes, a view of its registry, and a database to fold into.
import { topics } from '@unbroken/contracts';
import { RawProducer, createKafka, ensureTopics, openDatabase, topicName } from '@unbroken/platform';
import type { RawMessage } from '@unbroken/platform';
import { TestClock, freshDatabase, freshTopicPrefix, testKafka, waitFor } from '@unbroken/testing';
import type { FreshDatabase } from '@unbroken/testing';
import type { PartyId } from '@unbroken/tokens';
import type { Consumer, Kafka } from 'kafkajs';
import type { DataSource } from 'typeorm';
import { ChainStore } from './chain-store.js';
import { searchedChainsMigrations } from './chains-migration.js';
import { TestLedger, TestShipment } from './fixture/index.js';
import type { TestParty } from './fixture/index.js';
import { RegistryView } from './registry-view.js';

const deployment = 'unbroken-test';
const operator = 'unbroken-operator' as PartyId;

export class Folding {
  readonly deployment = deployment;
  readonly ledger: TestLedger;
  readonly view: RegistryView;
  readonly store: ChainStore;
  sender!: TestParty;
  courier!: TestParty;
  readonly #listener: Consumer;
  readonly #producer: RawProducer;
  /** Everything on custody.recorded.v1 so far, by shipment. */
  readonly #heard = new Map<string, RawMessage[]>();

  private constructor(
    readonly clock: TestClock,
    readonly dataSource: DataSource,
    private readonly database: FreshDatabase,
    kafka: Kafka,
    prefix: string,
  ) {
    this.#producer = new RawProducer({ kafka, prefix });
    this.ledger = new TestLedger({ producer: this.#producer, clock, deployment, operator });
    this.store = new ChainStore(dataSource, { searched: true });
    this.view = new RegistryView({ kafka, prefix, deployment, operator });
    this.#listener = kafka.consumer({ groupId: `${prefix}listener`, maxWaitTimeInMs: 100 });
  }

  static async open(): Promise<Folding> {
    const [{ brokers }, database] = await Promise.all([testKafka(), freshDatabase()]);
    const prefix = freshTopicPrefix();
    const kafka = createKafka({ UNBROKEN_KAFKA_BROKERS: [...brokers] }, 'chains-test');
    await ensureTopics(kafka, topics, prefix);
    const dataSource = await openDatabase({
      service: 'alerts',
      settings: { UNBROKEN_POSTGRES_URL: database.url, UNBROKEN_POSTGRES_PASSWORDS: database.passwordsDir },
      entities: [],
      migrations: [...searchedChainsMigrations],
    });
    const folding = new Folding(new TestClock(), dataSource, database, kafka, prefix);
    folding.view.start();
    await folding.#listen(topicName(prefix, 'custody.recorded.v1'));
    folding.sender = await folding.ledger.party('health-board', ['sender']);
    folding.courier = await folding.ledger.party('royal-mail', ['courier']);
    return folding;
  }

  async close(): Promise<void> {
    await this.view.stop();
    await this.#listener.disconnect();
    await this.#producer.close();
    await this.dataSource.destroy();
    await this.database.drop();
  }

  /** Registered, and still with the sender. */
  parcel(claims: object = {}): Promise<TestShipment> {
    return TestShipment.register(this.ledger, this.sender, { to: 'statistics', via: [this.courier.id], ...claims });
  }

  /** Waits until this many entries of a chain were published. */
  messagesOf(shipment: TestShipment, count: number): Promise<RawMessage[]> {
    return waitFor(
      () => {
        const messages = this.#heard.get(shipment.sub) ?? [];
        return messages.length >= count ? messages : undefined;
      },
      { what: `${count} entries of a chain` },
    );
  }

  fold(messages: readonly RawMessage[]): ReturnType<ChainStore['fold']> {
    return this.dataSource.transaction((manager) => this.store.fold(manager, messages, this.view));
  }

  /** For a lock that another holds. */
  async someoneWaits(): Promise<boolean> {
    const waiting = await this.dataSource.query<unknown[]>(
      `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    return waiting.length > 0;
  }

  async #listen(topic: string): Promise<void> {
    await this.#listener.connect();
    await this.#listener.subscribe({ topic, fromBeginning: true });
    await this.#listener.run({
      eachMessage: ({ partition, message }) => {
        const key = String(message.key);
        const headers = Object.fromEntries(
          Object.entries(message.headers ?? {}).map(([name, text]) => [name, String(text)]),
        );
        const { value, offset } = message;
        this.#heard.set(key, [
          ...(this.#heard.get(key) ?? []),
          { key, value, headers, topic: 'custody.recorded.v1', partition, offset, timestamp: 0 },
        ]);
        return Promise.resolve();
      },
    });
  }
}
