// How far a backlog has come: recorded by the ledger, folded and judged by whoever listens to it.
import { setTimeout as pause } from 'node:timers/promises';
import kafkajs from 'kafkajs';

const LOOK_EVERY_MS = 250;
const TOPIC = 'custody.recorded.v1';

/**
 * @typedef {object} Progress
 * @property {() => Promise<number>} recorded entries of the custody log
 * @property {(count: number) => Promise<void>} allRecorded waits for so many
 * @property {(count: number, groups: readonly string[]) => Promise<void>} allHeard waits until every group is through
 * @property {() => Promise<void>} close
 */

/** @param {import('./ground.js').Ground} ground @returns {Promise<Progress>} */
export async function progressOf({ brokers, query }) {
  const kafka = new kafkajs.Kafka({ brokers: brokers.split(','), logLevel: kafkajs.logLevel.NOTHING });
  const admin = kafka.admin();
  await admin.connect();
  const recorded = async () => {
    const [row] = await query(`SELECT size FROM ledger.logs WHERE name = 'custody/0'`).catch(() => []);
    return Number(row?.['size'] ?? 0);
  };
  const published = async () => {
    const [row] = await query(`SELECT published FROM ledger.publications WHERE log = 'custody/0'`).catch(() => []);
    return Number(row?.['published'] ?? 0);
  };
  // Several entries may share a message, so what is heard is measured by what is published and how far that was read.
  const isThrough = async (/** @type {string} */ groupId) => {
    const ends = await admin.fetchTopicOffsets(TOPIC);
    const [topic] = await admin.fetchOffsets({ groupId, topics: [TOPIC] });
    const read = new Map(topic?.partitions.map(({ partition, offset }) => [partition, Number(offset)]));
    return ends.every(({ partition, high }) => Number(high) === 0 || (read.get(partition) ?? -1) >= Number(high));
  };
  const until = async (/** @type {() => Promise<boolean>} */ done) => {
    while (!(await done())) await pause(LOOK_EVERY_MS);
  };
  return {
    recorded,
    allRecorded: (count) => until(async () => (await recorded()) >= count),
    allHeard: (count, groups) =>
      until(
        async () =>
          (await published()) >= count && (await Promise.all(groups.map(isThrough))).every((through) => through),
      ),
    close: () => admin.disconnect(),
  };
}
