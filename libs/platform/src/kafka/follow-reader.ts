// Reads a whole topic of one partition from its beginning and keeps following: how a service builds a view in memory,
// for example of the registry, that every process needs in full.
//
// The client cannot read without a consumer group, so each reader is alone in a group with a random name and never
// commits: nothing is remembered between starts, no other process takes its partition, and the broker forgets the
// empty group by itself.

import { randomUUID } from 'node:crypto';
import type { EachBatchPayload, Kafka } from 'kafkajs';
import type { DeadTopic, Topic } from '@unbroken/contracts';
import type { ReadinessCheck } from '../http/readiness.js';
import { log } from '../log/event-log.js';
import { Sleeper, backoffMs } from '../time/backoff.js';
import { BatchGivenBack, Heartbeats } from './heartbeats.js';
import { rawMessages } from './raw-message.js';
import type { RawMessage } from './raw-message.js';
import { SupervisedConsumer } from './supervised-consumer.js';
import { topicName } from './topics.js';

export interface FollowReaderOptions {
  readonly kafka: Kafka;
  readonly prefix: string;
  /** A topic of one partition. */
  readonly topic: Topic | DeadTopic;
  /** Called with each message exactly once and in order; when it throws it is called again with the same. */
  readonly onBatch: (messages: readonly RawMessage[]) => void | Promise<void>;
}

export class FollowReader {
  /** Resolves when everything has been read that was in the topic at the start. Never rejects. */
  readonly caughtUp: Promise<void>;
  readonly #options: FollowReaderOptions;
  readonly #consumer: SupervisedConsumer;
  readonly #sleeper = new Sleeper();
  #announce: () => void = () => undefined;
  #next = 0n;
  #goal: bigint | undefined;
  #isCaughtUp = false;
  #stopping = false;

  constructor(options: FollowReaderOptions) {
    this.#options = options;
    this.caughtUp = new Promise((resolve) => (this.#announce = resolve));
    const topic = topicName(options.prefix, options.topic);
    this.#consumer = new SupervisedConsumer({
      kafka: options.kafka,
      groupId: `${options.prefix}follow.${randomUUID()}`,
      topics: [topic],
      fromBeginning: true,
      run: { autoCommit: false, eachBatchAutoResolve: false, eachBatch: (payload) => this.#eachBatch(payload) },
      // A consumer made anew begins at the beginning; this saves reading what is known already.
      running: (consumer) => {
        if (this.#next > 0n) consumer.seek({ topic, partition: 0, offset: String(this.#next) });
      },
    });
  }

  /** Returns at once. */
  start(): void {
    this.#consumer.start();
    void this.#findGoal();
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    this.#sleeper.wake();
    await this.#consumer.stop();
  }

  /** Ready once caught up. */
  get readiness(): ReadinessCheck {
    const why = `reads ${this.#options.topic} from the beginning`;
    return {
      name: `follower of ${this.#options.topic}`,
      check: () => Promise.resolve(this.#isCaughtUp ? { ok: true } : { ok: false, why }),
    };
  }

  async #findGoal(): Promise<void> {
    for (let attempt = 1; !this.#stopping && this.#goal === undefined; attempt += 1) {
      try {
        this.#goal = await this.#remainingUpTo();
        this.#checkCaughtUp();
      } catch (error) {
        log.warn('follow.failed', { topic: this.#options.topic, offset: '', attempt }, error);
        await this.#sleeper.sleep(backoffMs(attempt));
      }
    }
  }

  /** The offset to reach; 0 for a topic that holds nothing (any more). */
  async #remainingUpTo(): Promise<bigint> {
    const admin = this.#options.kafka.admin();
    try {
      await admin.connect();
      const [partition] = await admin.fetchTopicOffsets(topicName(this.#options.prefix, this.#options.topic));
      if (partition === undefined || partition.low === partition.high) return 0n;
      return BigInt(partition.high);
    } finally {
      await admin.disconnect();
    }
  }

  async #eachBatch(payload: EachBatchPayload): Promise<void> {
    const { batch } = payload;
    // After a rebalance the client begins again, for nothing is committed: what was seen is passed over.
    const fresh = batch.messages
      .filter(({ offset }) => BigInt(offset) >= this.#next)
      .flatMap((message) => rawMessages(this.#options.topic, batch.partition, message));
    const heartbeats = new Heartbeats(payload);
    try {
      if (fresh.length > 0) await this.#hand(fresh, heartbeats);
    } catch (error) {
      if (error instanceof BatchGivenBack) return;
      throw error;
    } finally {
      heartbeats.end();
    }
    const last = BigInt(batch.lastOffset());
    if (last >= this.#next) this.#next = last + 1n;
    payload.resolveOffset(batch.lastOffset());
    this.#checkCaughtUp();
  }

  /** A view with a hole is worse than a late one, so a failing batch is tried for ever. */
  async #hand(messages: readonly RawMessage[], heartbeats: Heartbeats): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.#options.onBatch(messages);
        return;
      } catch (error) {
        const offset = messages[0]?.offset ?? '';
        log.error('follow.failed', { topic: this.#options.topic, offset, attempt }, error);
        await heartbeats.rest(backoffMs(attempt));
      }
    }
  }

  #checkCaughtUp(): void {
    if (this.#isCaughtUp || this.#goal === undefined || this.#next < this.#goal) return;
    this.#isCaughtUp = true;
    log.info('follow.caught-up', { topic: this.#options.topic, offset: String(this.#next) });
    this.#announce();
  }
}
