// Reads what is on a recorded topic now, from its beginning to the end it has at the call, and then no further.
//
// The client cannot read without a consumer group: this one has a random name and never commits.

import { randomUUID } from 'node:crypto';
import { headers } from '@unbroken/contracts';
import { rawMessages, topicName } from '@unbroken/platform';
import type { Kafka, KafkaMessage } from 'kafkajs';
import type { Topic } from '@unbroken/contracts';

/** An entry on a recorded topic, as far as it can be read; several may share a message. */
export interface PublishedMessage {
  readonly partition: number;
  readonly offset: string;
  readonly key: string | null;
  readonly value: Buffer;
  /** Undefined where the header is not there or no number. */
  readonly index: number | undefined;
  readonly origin: string | undefined;
  readonly receivedAt: string | undefined;
  readonly deviceClock: string | undefined;
}

export interface TopicEnds {
  /** By partition, the offset after the last message; only partitions that hold something. */
  readonly ends: ReadonlyMap<number, bigint>;
  /** Whether every message that was ever on it is there. */
  readonly whole: boolean;
  /** How many messages were ever sent. */
  readonly sent: number;
}

export interface TopicPlace {
  readonly kafka: Kafka;
  readonly prefix: string;
  readonly topic: Topic;
}

export async function topicEnds({ kafka, prefix, topic }: TopicPlace): Promise<TopicEnds> {
  const admin = kafka.admin();
  try {
    await admin.connect();
    const partitions = await admin.fetchTopicOffsets(topicName(prefix, topic));
    const full = partitions.filter(({ low, high }) => low !== high);
    return {
      ends: new Map(full.map(({ partition, high }) => [partition, BigInt(high)])),
      whole: partitions.every(({ low }) => low === '0'),
      sent: partitions.reduce((sum, { high }) => sum + Number(high), 0),
    };
  } finally {
    await admin.disconnect();
  }
}

/** Hands over everything up to these ends, in the order of each partition. Rejects when `each` does. */
export async function readUpTo(
  { kafka, prefix, topic }: TopicPlace,
  { ends }: TopicEnds,
  each: (messages: readonly PublishedMessage[]) => Promise<void>,
): Promise<void> {
  if (ends.size === 0) return;
  const left = new Map(ends);
  const groupId = `${prefix}read.${randomUUID()}`;
  // The client says goodbye only when its last fetch is answered, which waits so long for something to be there.
  const consumer = kafka.consumer({ groupId, maxWaitTimeInMs: 100, retry: { retries: 5 } });
  let done: () => void = () => undefined;
  let failed: (error: unknown) => void = () => undefined;
  const over = new Promise<void>((resolve, reject) => {
    done = resolve;
    failed = reject;
  });
  // What makes the client give up is told by an event alone.
  consumer.on(consumer.events.CRASH, ({ payload: { error } }) => {
    failed(error);
  });
  // Its own partition alone moves on meanwhile; one at a time, so that whoever is handed messages has a transaction alone.
  let handing = Promise.resolve();
  try {
    await consumer.connect();
    await consumer.subscribe({ topics: [topicName(prefix, topic)], fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatch: async (payload) => {
        const { batch } = payload;
        const end = left.get(batch.partition);
        if (end === undefined) return;
        const messages = batch.messages
          .filter(({ offset }) => BigInt(offset) < end)
          .flatMap(publishedIn(topic, batch.partition));
        handing = handing.then(() => each(messages));
        await handing.catch(failed);
        await payload.heartbeat();
        if (BigInt(batch.lastOffset()) + 1n >= end) left.delete(batch.partition);
        if (left.size === 0) done();
      },
    });
    await over;
  } finally {
    await consumer.disconnect();
    await forget(kafka, groupId);
  }
}

/** The broker forgets it by itself too, only later. */
async function forget(kafka: Kafka, groupId: string): Promise<void> {
  const admin = kafka.admin();
  try {
    await admin.connect();
    await admin.deleteGroups([groupId]);
  } catch {
    // Nobody waits for it.
  } finally {
    await admin.disconnect();
  }
}

const INDEX = /^(?:0|[1-9]\d{0,15})$/;

/** The entries of a message: of a pack each one. */
const publishedIn =
  (topic: Topic, partition: number) =>
  (message: KafkaMessage): PublishedMessage[] =>
    rawMessages(topic, partition, message).map(({ offset, key, value, headers: told }) => {
      const index = told[headers.logIndex] ?? '';
      return {
        partition,
        offset,
        key,
        value: value ?? Buffer.alloc(0),
        index: INDEX.test(index) ? Number(index) : undefined,
        origin: told[headers.logOrigin],
        receivedAt: told[headers.receivedAt],
        deviceClock: told[headers.deviceClock],
      };
    });
