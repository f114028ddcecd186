// Nest's way from a Kafka topic to a handler, a whole batch of raw messages at a time. Nest's own Kafka transport
// parses what looks like JSON and hands over one message at a time; tokens must arrive as the bytes that were signed.

import { Server } from '@nestjs/microservices';
import type { CustomTransportStrategy } from '@nestjs/microservices';
import type { Batch, EachBatchPayload, Kafka } from 'kafkajs';
import { isObservable, lastValueFrom } from 'rxjs';
import { setTimeout as pause } from 'node:timers/promises';
import { deadTopic, headers } from '@unbroken/contracts';
import type { Topic } from '@unbroken/contracts';
import type { ReadinessCheck } from '../http/readiness.js';
import { log } from '../log/event-log.js';
import { toldMessage } from '../log/told-error.js';
import { BatchContext } from './batch-context.js';
import { Beat, restAtMost } from './beat.js';
import type { Rest } from './beat.js';
import { BatchGivenBack, Heartbeats } from './heartbeats.js';
import { handleUntilDone } from './isolate-poison.js';
import { OffsetCommits } from './offset-commits.js';
import { rawMessages } from './raw-message.js';
import type { RawMessage } from './raw-message.js';
import type { RawProducer } from './raw-producer.js';
import { SupervisedConsumer } from './supervised-consumer.js';
import { topicName } from './topics.js';

export interface BatchTransportOptions {
  readonly kafka: Kafka;
  readonly groupId: string;
  /** Handlers say it too, `@EventPattern('topic', ID)`: that is how services in one process are kept apart. */
  readonly transportId: symbol;
  readonly prefix: string;
  /** Where messages go that cannot be handled. */
  readonly dead: RawProducer;
  readonly fromBeginning: boolean;
  /** How many partitions are handled at the same time; 1 if left out. */
  readonly partitionsConsumedConcurrently?: number;
  /** Milliseconds without a sign of life after which the consumer is replaced; 30 s if left out. */
  readonly silenceMs?: number;
  /** For how long it rests; at most 100 ms if left out. */
  readonly rest?: Rest;
}

const LONGEST_REST_MS = 100;

/**
 * Calls `@EventPattern(topic, transportId) handler(@Payload() messages: readonly RawMessage[])` and moves on when it
 * resolves. (With a second parameter, `@Ctx() context: BatchContext`, Nest's types want `@EventPattern<Topic>`.) A batch may come again: handlers are idempotent. An outage of Kafka or Postgres is waited out;
 * a PoisonMessage, or a message that keeps failing by itself, goes to the dead topic.
 */
export class BatchTransport extends Server implements CustomTransportStrategy {
  override readonly transportId: symbol;
  /** Without it Nest logs a handler's error and forgets it. */
  override readonly propagatesEventHandlerErrors = true;
  readonly #options: BatchTransportOptions;
  readonly #commits: OffsetCommits;
  #consumer: SupervisedConsumer | undefined;
  #isClosing = false;
  readonly #beat: Beat;

  constructor(options: BatchTransportOptions) {
    super();
    this.#options = options;
    this.#commits = new OffsetCommits(options.groupId);
    this.#beat = new Beat(options.rest ?? restAtMost(LONGEST_REST_MS));
    this.transportId = options.transportId;
  }

  /** Returns at once, also while Kafka is away: a service takes requests before its consumers have joined. */
  override listen(callback: () => void): void {
    const { kafka, groupId, fromBeginning, prefix, partitionsConsumedConcurrently, silenceMs } = this.#options;
    const topics = [...this.messageHandlers.keys()].map((topic) => topicName(prefix, topic as Topic));
    if (topics.length === 0) throw new Error(`consumer group ${groupId} has no handler; check the transport's symbol`);
    this.#consumer = new SupervisedConsumer({
      kafka,
      groupId: prefix + groupId,
      topics,
      fromBeginning,
      run: {
        autoCommit: false,
        eachBatchAutoResolve: false,
        partitionsConsumedConcurrently: partitionsConsumedConcurrently ?? 1,
        eachBatch: (payload) => this.#eachBatch(payload),
      },
      ...(silenceMs === undefined ? {} : { silenceMs }),
    });
    this.#isClosing = false;
    this.#consumer.start();
    callback();
  }

  /** Ends after the batch in hand. */
  override async close(): Promise<void> {
    this.#isClosing = true;
    await this.#commits.now();
    await this.#consumer?.stop();
  }

  /** Ready while the consumer is a member of its group. */
  get readiness(): ReadinessCheck {
    return {
      name: `consumer ${this.#options.groupId}`,
      check: () =>
        Promise.resolve(
          this.#consumer?.joined === true ? { ok: true } : { ok: false, why: 'waits for Kafka to let it join' },
        ),
    };
  }

  override on(): never {
    throw new Error('a batch transport has no events; see its readiness');
  }

  override unwrap(): never {
    throw new Error('a batch transport has no client to hand out; it makes a new one whenever one dies');
  }

  async #eachBatch(payload: EachBatchPayload): Promise<void> {
    const { batch } = payload;
    const topic = batch.topic.slice(this.#options.prefix.length) as Topic;
    const messages = batch.messages.flatMap((message) => rawMessages(topic, batch.partition, message));
    const context = new BatchContext({ topic, partition: batch.partition, highWatermark: batch.highWatermark });
    const heartbeats = new Heartbeats(payload);
    const begun = performance.now();
    try {
      await handleUntilDone(messages, {
        handle: (some) => this.#handle(topic, some, context),
        bury: (message, reason, attempt) => this.#bury(message, reason, attempt),
        rest: (ms) => heartbeats.rest(ms),
        failed: (error, some, attempt) => log.warn('batch.failed', { ...this.#place(topic, some), attempt }, error),
        isolating: (some) => log.warn('batch.isolating', { ...this.#place(topic, some), messages: some.length }),
      });
    } catch (error) {
      if (error instanceof BatchGivenBack) return;
      throw error;
    } finally {
      heartbeats.end();
    }
    // A crash before the commit hands the whole batch out again.
    payload.resolveOffset(batch.lastOffset());
    this.#commits.soon(payload);
    if (this.#isClosing) await this.#commits.now();
    else if (isLast(batch)) {
      const now = performance.now();
      await pause(this.#beat.after(now - begun, now));
    }
  }

  async #handle(topic: Topic, messages: readonly RawMessage[], context: BatchContext): Promise<void> {
    const handler = this.getHandlerByPattern(topic);
    if (handler === null) throw new Error(`no handler for ${topic}`);
    const answer: unknown = await handler(messages, context);
    // Only the observable carries the handler's error; Nest's own handleEvent does not wait for it.
    if (isObservable(answer)) await lastValueFrom(answer, { defaultValue: undefined });
  }

  async #bury(message: RawMessage, reason: string, attempt: number): Promise<void> {
    const told = toldMessage(reason).replace(/[^ -~]/g, '?');
    await this.#options.dead.send(deadTopic(message.topic as Topic), [
      {
        key: message.key,
        value: message.value,
        headers: {
          ...message.headers,
          [headers.error]: told,
          [headers.attempt]: String(attempt),
          [headers.sourceTopic]: message.topic,
          [headers.sourcePartition]: String(message.partition),
          [headers.sourceOffset]: message.offset,
        },
      },
    ]);
    log.error('message.dead', { ...this.#place(message.topic, [message]), reason: told });
  }

  #place(topic: string, messages: readonly RawMessage[]) {
    const [first] = messages;
    return { group: this.#options.groupId, topic, partition: first?.partition ?? -1, offset: first?.offset ?? '' };
  }
}

/** Nothing came after it until it was fetched. */
const isLast = (batch: Batch): boolean => BigInt(batch.offsetLag()) <= 0n;
