// What everybody behind the ledger hears on its topic, held against the log: every entry at least once, never other bytes
// than the log has, and of each chain in the order of the log, first times counted.
import kafkajs from 'kafkajs';
import { setTimeout as pause } from 'node:timers/promises';

const TOPIC = 'custody.recorded.v1';

/**
 * @param {string} brokers
 * @param {readonly Uint8Array[]} entries of the log
 * @returns {Promise<{ faults: string[], repeated: number }>} repeated: how many entries came again
 */
export async function heardEntries(brokers, entries) {
  const kafka = new kafkajs.Kafka({ brokers: brokers.split(','), logLevel: kafkajs.logLevel.NOTHING });
  const heard = new Set();
  /** The largest index heard of each chain. @type {Map<string, number>} */
  const newest = new Map();
  const faults = new Set();
  let messages = 0;
  await readToEnd(kafka, ({ key, value, headers }) => {
    const index = Number(String(headers?.['log-index']));
    const chain = String(key);
    messages += 1;
    if (!value?.equals(entries[index] ?? Buffer.alloc(0))) faults.add(`entry ${index} is heard with other bytes`);
    if (heard.has(index)) return;
    heard.add(index);
    if (index < (newest.get(chain) ?? -1)) faults.add(`entry ${index} of ${chain} is heard after a later one`);
    newest.set(chain, index);
  });
  if (heard.size !== entries.length) faults.add(`${heard.size} of ${entries.length} entries are heard`);
  return { faults: [...faults], repeated: messages - heard.size };
}

/** @param {import('kafkajs').Kafka} kafka @param {(message: import('kafkajs').KafkaMessage) => void} hear */
async function readToEnd(kafka, hear) {
  const admin = kafka.admin();
  await admin.connect();
  const ends = new Map((await admin.fetchTopicOffsets(TOPIC)).map(({ partition, high }) => [partition, Number(high)]));
  await admin.disconnect();
  const missing = new Set([...ends].filter(([, end]) => end > 0).map(([partition]) => partition));
  const consumer = kafka.consumer({ groupId: `faults.${crypto.randomUUID()}`, maxWaitTimeInMs: 100 });
  await consumer.connect();
  await consumer.subscribe({ topic: TOPIC, fromBeginning: true });
  await consumer.run({
    autoCommit: false,
    eachMessage: async ({ partition, message }) => {
      hear(message);
      if (Number(message.offset) + 1 >= (ends.get(partition) ?? 0)) missing.delete(partition);
    },
  });
  while (missing.size > 0) await pause(50);
  await consumer.disconnect();
}
