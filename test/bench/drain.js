// A backlog of hand-offs through the whole house: recorded by the ledger, judged by the alerts service and in the
// dashboard's read model, each in a process of its own, on a Kafka and a Postgres on the same machine. Beside it, in the
// same run: the ceiling (nothing but signatures) and a naive service as most would write it.
import { setTimeout as pause } from 'node:timers/promises';
import { Backlog, HANDOFFS_PER_CHAIN, post } from './backlog.js';
import { ceiling } from './ceiling.js';
import { cpuBetween, used } from './cpu.js';
import { ground } from './ground.js';
import { naive } from './naive/naive.js';
import { progressOf } from './progress.js';

const PARTITIONS = 8;

/** @param {{ tokens?: string, services?: string, profile?: string }} options */
export async function run({ tokens: wanted = '200000', services = 'ledger,alerts,dashboard', profile }) {
  const chains = Math.ceil(Number(wanted) / (2 * HANDOFFS_PER_CHAIN));
  const house = await ground({ profiles: profile });
  try {
    const listeners = services.split(',').filter((name) => name !== 'ledger');
    const { tokens, keys, recordedBefore } = await prepared(house, chains, listeners);
    const perSecond = await ceiling(tokens, keys);
    const ours = await drained(house, listeners, recordedBefore, tokens.length);
    const naively = await naive(house, tokens, keys);
    return told({ handOffs: tokens.length / 2, ceiling: perSecond / 2, ours, naive: naively });
  } finally {
    await house.stop();
  }
}

/**
 * Parties and openings recorded, the backlog on its topic, nobody listening.
 * @param {import('./ground.js').Ground} house @param {number} chains @param {readonly string[]} listeners
 * @param {(backlog: Backlog, open: import('./backlog.js').Open[]) => Iterable<Keyed> | AsyncIterable<Keyed>} signed
 * @typedef {import('./backlog.js').Keyed} Keyed
 */
export async function prepared(house, chains, listeners, signed = (backlog, open) => backlog.handOffs(open)) {
  const { services: url = '' } = await house.start('services');
  const progress = await progressOf(house);
  const backlog = await Backlog.parties(url);
  const { open, tokens: openings } = backlog.register(chains);
  await post(house.brokers, openings);
  await progress.allRecorded(openings.length);
  await progress.allHeard(openings.length, listeners);
  await progress.close();
  await house.stopServices();
  const tokens = [];
  for await (const token of signed(backlog, open)) tokens.push(token);
  await post(house.brokers, tokens);
  return { tokens, keys: backlog.keys, recordedBefore: openings.length };
}

/** @param {import('./ground.js').Ground} house @param {readonly string[]} listeners @param {number} before @param {number} count */
export async function drained(house, listeners, before, count) {
  const progress = await progressOf(house);
  await house.start(...listeners);
  await house.start('ledger');
  let first = await progress.recorded();
  while (first <= before) {
    await pause(5);
    first = await progress.recorded();
  }
  const begun = performance.now();
  const cpu = used();
  await progress.allRecorded(before + count);
  const recordedAfter = (performance.now() - begun) / 1000;
  await progress.allHeard(before + count, listeners);
  const seconds = (performance.now() - begun) / 1000;
  const after = used();
  await progress.close();
  await house.stopServices();
  // Some were recorded before anybody looked.
  const measured = before + count - first;
  return {
    handOffsPerSecond: count / 2 / seconds,
    measured,
    recordedAfter,
    seconds,
    cpu: cpuBetween(cpu, after),
    memory: after,
  };
}

/** @param {{ handOffs: number, ceiling: number, ours: Awaited<ReturnType<typeof drained>>, naive: number }} measured */
function told({ handOffs, ceiling, ours, naive }) {
  const cpuUs = Object.fromEntries(Object.entries(ours.cpu).map(([part, us]) => [part, Math.round(us / handOffs)]));
  const result = {
    handOffs,
    partitions: PARTITIONS,
    handOffsPerSecond: Math.round(ours.handOffsPerSecond),
    ceilingPerSecond: Math.round(ceiling),
    naivePerSecond: Math.round(naive),
    ofCeiling: Number((ours.handOffsPerSecond / ceiling).toFixed(3)),
    timesNaive: Number((ours.handOffsPerSecond / naive).toFixed(1)),
    seconds: Number(ours.seconds.toFixed(1)),
    recordedAfterSeconds: Number(ours.recordedAfter.toFixed(1)),
    cpuUsPerHandOff: cpuUs,
    residentMb: Object.fromEntries(
      Object.entries(ours.memory).map(([part, { residentMb }]) => [part, Math.round(residentMb)]),
    ),
  };
  console.table({
    'hand-offs/s': {
      unbroken: result.handOffsPerSecond,
      ceiling: result.ceilingPerSecond,
      naive: result.naivePerSecond,
    },
  });
  console.table({ 'CPU, µs a hand-off': cpuUs });
  console.log(`${result.ofCeiling} of the ceiling, ${result.timesNaive} times the naive baseline`);
  return result;
}
