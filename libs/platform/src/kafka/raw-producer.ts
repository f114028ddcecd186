// Sends bytes to Kafka, in order, each send acknowledged by all replicas before the next begins.

import type { Kafka, Message, PartitionMetadata, Producer } from 'kafkajs';
import type { DeadTopic, Topic } from '@unbroken/contracts';
import { log } from '../log/event-log.js';
import { clientRetry } from './client.js';
import { keyPartitioner, partitionOfKey } from './key-partition.js';
import { topicName } from './topics.js';

export interface OutgoingMessage {
  readonly key?: string | null;
  /** null is a tombstone of a compacted topic. */
  readonly value: Buffer | string | null;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A broker takes 1 MiB (message.max.bytes) for one partition; the rest is room for what surrounds the bytes. */
const LARGEST_SEND = 900_000;
const SURROUNDINGS = 100;

/** A send fails after about five seconds, a connection after the client's twenty: a caller hears of an outage. */
const RETRIES = 8;

export interface RawProducerOptions {
  readonly kafka: Kafka;
  readonly prefix: string;
}

export class RawProducer {
  readonly #options: RawProducerOptions;
  #producer: Producer | undefined;
  readonly #partitioners = new Map<Topic | DeadTopic, (key: string) => number>();
  #last: Promise<void> = Promise.resolve();

  constructor(options: RawProducerOptions) {
    this.#options = options;
  }

  /**
   * Resolves when every message is acknowledged; messages of one key stay in the order given. When it rejects, some
   * may have been written all the same: send them again and let consumers deduplicate. Sends of several callers wait
   * for each other.
   */
  send(topic: Topic | DeadTopic, messages: readonly OutgoingMessage[]): Promise<void> {
    const sending = this.#last.then(() => this.#sendInPortions(topic, messages));
    this.#last = sending.catch(() => undefined);
    return sending;
  }

  /** Which partition a message of this key goes to, as `send` decides it. */
  async partitioner(topic: Topic | DeadTopic): Promise<(key: string) => number> {
    const known = this.#partitioners.get(topic);
    if (known !== undefined) return known;
    const name = topicName(this.#options.prefix, topic);
    const { length: partitions } = await this.#partitions(name);
    const partitioner = (key: string) => partitionOfKey(key, partitions);
    this.#partitioners.set(topic, partitioner);
    return partitioner;
  }

  /** Waits for the sends that have begun and disconnects. */
  async close(): Promise<void> {
    await this.#last;
    await this.#discard();
  }

  async #sendInPortions(topic: Topic | DeadTopic, messages: readonly OutgoingMessage[]): Promise<void> {
    const name = topicName(this.#options.prefix, topic);
    try {
      for (const portion of portions(messages)) {
        const producer = await this.#connected();
        await producer.send({ topic: name, acks: -1, messages: portion });
      }
    } catch (error) {
      // An idempotent producer whose send failed does not know whether the broker has its sequence number. Were it
      // used again, other messages under that number would be taken for a repetition and dropped in silence.
      log.warn('producer.replaced', { topic: name }, error);
      await this.#discard();
      throw error;
    }
  }

  async #connected(): Promise<Producer> {
    if (this.#producer === undefined) {
      const producer = this.#options.kafka.producer({
        idempotent: true,
        maxInFlightRequests: 1,
        allowAutoTopicCreation: false,
        createPartitioner: keyPartitioner,
        retry: { ...clientRetry, retries: RETRIES },
      });
      this.#producer = producer;
      await producer.connect();
    }
    return this.#producer;
  }

  async #partitions(name: string): Promise<PartitionMetadata[]> {
    const admin = this.#options.kafka.admin({ retry: { ...clientRetry, retries: RETRIES } });
    try {
      await admin.connect();
      const { topics } = await admin.fetchTopicMetadata({ topics: [name] });
      return topics.flatMap(({ partitions }) => partitions);
    } finally {
      await admin.disconnect().catch(() => undefined);
    }
  }

  async #discard(): Promise<void> {
    const producer = this.#producer;
    this.#producer = undefined;
    this.#partitioners.clear();
    // A broken connection may refuse to be closed; there is nothing left to close then.
    await producer?.disconnect().catch(() => undefined);
  }
}

/** Cuts a send where it would outgrow what a broker takes at once. */
function portions(messages: readonly OutgoingMessage[]): Message[][] {
  const cut: Message[][] = [];
  let room = 0;
  for (const { key, value, headers } of messages) {
    const size = SURROUNDINGS + Buffer.byteLength(value ?? '') + Buffer.byteLength(JSON.stringify(headers ?? {}));
    let portion = cut.at(-1);
    if (portion === undefined || size > room) {
      portion = [];
      cut.push(portion);
      room = LARGEST_SEND;
    }
    portion.push({ key: key ?? null, value, headers: { ...headers } });
    room -= size;
  }
  return cut;
}
