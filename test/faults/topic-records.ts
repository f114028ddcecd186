// Topics as they lie on the broker: what is in them, and how far each consumer group has come.

import kafkajs from 'kafkajs';
import type { Admin, Kafka, KafkaMessage } from 'kafkajs';
import { waitFor } from '@unbroken/testing';

export interface TopicRecord extends Pick<KafkaMessage, 'key' | 'value' | 'headers'> {
  readonly partition: number;
}

/** A client that belongs to no part of the product. */
export const rawKafka = (brokers: readonly string[]): Kafka =>
  new kafkajs.Kafka({ clientId: 'fault', brokers: [...brokers], logLevel: kafkajs.logLevel.NOTHING });

/** Everything the topic holds now, each partition in its order. */
export async function recordsOf(kafka: Kafka, topic: string): Promise<TopicRecord[]> {
  const missing = await withAdmin(kafka, (admin) => partitionEnds(admin, topic));
  const consumer = kafka.consumer({ groupId: `${topic}.reader.${crypto.randomUUID()}`, maxWaitTimeInMs: 100 });
  const records: TopicRecord[] = [];
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await consumer.run({
    autoCommit: false,
    eachMessage: ({ partition, message }) => {
      const { key, value, headers } = message;
      records.push({ partition, key, value, ...(headers && { headers }) });
      if (BigInt(message.offset) + 1n >= (missing.get(partition) ?? 0n)) missing.delete(partition);
      return Promise.resolve();
    },
  });
  try {
    await waitFor(() => missing.size === 0, { what: `all of ${topic}`, timeoutMs: 30_000 });
  } finally {
    await consumer.disconnect();
  }
  return records;
}

/** Writes records as they are, each to its partition. */
export async function produce(kafka: Kafka, topic: string, records: readonly TopicRecord[]): Promise<void> {
  const producer = kafka.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner });
  await producer.connect();
  try {
    for (const messages of portions(records)) await producer.send({ topic, messages });
  } finally {
    await producer.disconnect();
  }
}

/**
 * Whether every group that reads topics of this prefix has committed all that is in them.
 * @param atLeast names of groups that must be among them
 */
export function allCaughtUp(kafka: Kafka, prefix: string, atLeast: readonly string[]): Promise<boolean> {
  return withAdmin(kafka, async (admin) => {
    const { groups } = await admin.listGroups();
    const ours = groups.map(({ groupId }) => groupId).filter((group) => group.startsWith(prefix));
    if (!atLeast.every((name) => ours.includes(prefix + name))) return false;
    const caughtUp = await Promise.all(ours.map((group) => hasCaughtUp(admin, group)));
    return caughtUp.every(Boolean);
  });
}

async function hasCaughtUp(admin: Admin, groupId: string): Promise<boolean> {
  for (const { topic, partitions } of await admin.fetchOffsets({ groupId })) {
    const committed = new Map(partitions.map(({ partition, offset }) => [partition, BigInt(offset)]));
    for (const [partition, end] of await partitionEnds(admin, topic))
      if ((committed.get(partition) ?? 0n) < end) return false;
  }
  return true;
}

/** Of the partitions that hold anything, the offset behind their last record. */
async function partitionEnds(admin: Admin, topic: string): Promise<Map<number, bigint>> {
  const offsets = await admin.fetchTopicOffsets(topic);
  const filled = offsets.filter(({ low, high }) => low !== high);
  return new Map(filled.map(({ partition, high }) => [partition, BigInt(high)]));
}

const PORTION = 100;

/** Large records go one by one, for a broker takes a mebibyte at once. */
function portions(records: readonly TopicRecord[]): TopicRecord[][] {
  const large = records.some(({ value }) => (value?.length ?? 0) > 8_192);
  const size = large ? 1 : PORTION;
  return Array.from({ length: Math.ceil(records.length / size) }, (_, n) => records.slice(n * size, (n + 1) * size));
}

async function withAdmin<T>(kafka: Kafka, ask: (admin: Admin) => Promise<T>): Promise<T> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    return await ask(admin);
  } finally {
    await admin.disconnect();
  }
}
