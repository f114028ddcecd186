// How far a backlog has come: recorded by the ledger, folded and judged by whoever listens to it.
import { setTimeout as pause } from 'node:timers/promises';
import kafkajs from 'kafkajs';

const LOOK_EVERY_MS = 250;

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
  const heardBy = async (/** @type {string} */ groupId) => {
    const [topic] = await admin.fetchOffsets({ groupId, topics: ['custody.recorded.v1'] });
    return (topic?.partitions ?? []).reduce((sum, { offset }) => sum + Math.max(0, Number(offset)), 0);
  };
  const until = async (/** @type {() => Promise<boolean>} */ done) => {
    while (!(await done())) await pause(LOOK_EVERY_MS);
  };
  return {
    recorded,
    allRecorded: (count) => until(async () => (await recorded()) >= count),
    allHeard: (count, groups) =>
      until(async () => (await Promise.all(groups.map(heardBy))).every((heard) => heard >= count)),
    close: () => admin.disconnect(),
  };
}
