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
  let times = 0;
  await readToEnd(kafka, TOPIC, (message) => {
    for (const { index, chain, entry } of entriesIn(message)) {
      times += 1;
      if (!entry.equals(entries[index] ?? Buffer.alloc(0))) faults.add(`entry ${index} is heard with other bytes`);
      if (heard.has(index)) continue;
      heard.add(index);
      if (index < (newest.get(chain) ?? -1)) faults.add(`entry ${index} of ${chain} is heard after a later one`);
      newest.set(chain, index);
    }
  });
  if (heard.size !== entries.length) faults.add(`${heard.size} of ${entries.length} entries are heard`);
  return { faults: [...faults], repeated: times - heard.size };
}

/**
 * The entry of a message, or those of a pack, read from the protocol's text alone (section 7, "Packs").
 * @param {import('kafkajs').KafkaMessage} message
 * @returns {{ index: number, chain: string, entry: Buffer }[]}
 */
function entriesIn({ key, value, headers }) {
  const bytes = value ?? Buffer.alloc(0);
  if (headers?.['entries'] === undefined)
    return [{ index: Number(String(headers?.['log-index'])), chain: String(key), entry: bytes }];
  const lines = bytes.toString('latin1').split('\n');
  return Array.from({ length: Number(String(headers['entries'])) }, (_, no) => {
    const [told = '', first, token] = lines.slice(3 * no, 3 * no + 3);
    const [index, chain = ''] = told.split(' ');
    return { index: Number(index), chain, entry: Buffer.from(`${first}\n${token}`, 'latin1') };
  });
}

/** @param {import('kafkajs').Kafka} kafka @param {string} topic @param {(message: import('kafkajs').KafkaMessage) => void} hear */
export async function readToEnd(kafka, topic, hear) {
  const admin = kafka.admin();
  await admin.connect();
  const ends = new Map((await admin.fetchTopicOffsets(topic)).map(({ partition, high }) => [partition, Number(high)]));
  await admin.disconnect();
  const missing = new Set([...ends].filter(([, end]) => end > 0).map(([partition]) => partition));
  const consumer = kafka.consumer({ groupId: `faults.${crypto.randomUUID()}`, maxWaitTimeInMs: 100 });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
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
