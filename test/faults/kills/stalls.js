// What the ledger and an intake stand on is away for a while, and comes back; nobody touches anything else.
import { createServer } from 'node:net';
import { once } from 'node:events';
import { readFileSync, readdirSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { readRecord } from '../../../deploy/local/supervise/run-records.js';
import { scene } from './scene.js';

const PORTIONS = 10;

/**
 * @typedef {{ seconds?: string, tokens?: string, data?: string }} Options
 * @typedef {import('../../bench/ground.js').Ground} Ground
 */

/** The broker answers nobody, its connections stay open: a network that swallows everything. */
export const brokerPaused = {
  /** @param {Options} options */
  run: ({ seconds = '120', ...options }) => stalled(options, seconds, (house) => paused(pidsOf(house, 'kafka'))),
};

/** The broker is gone, and who calls its address is turned away at once. */
export const brokerCutOff = {
  /** @param {Options} options */
  run: ({ seconds = '120', ...options }) => stalled(options, seconds, cutOff),
};

/** Postgres answers nobody, with all its backends. */
export const postgresPaused = {
  /** @param {Options} options */
  run: ({ seconds = '30', ...options }) => stalled(options, seconds, (house) => paused(pidsOf(house, 'postgres'))),
};

/**
 * @param {Options} options
 * @param {string} seconds that it is away
 * @param {(house: Ground) => Promise<() => Promise<void>>} begin takes it away and answers how it comes back
 */
function stalled({ tokens = '5000', data }, seconds, begin) {
  return scene({ tokens: Number(tokens), data }, async ({ house, load, courier, ledger }) => {
    const portion = load.total / PORTIONS;
    load.leave(Math.round(2 * portion));
    while (load.accepted < portion) await pause(10);
    const end = await begin(house);
    const before = load.accepted;
    for (let step = 1; step <= PORTIONS; step += 1) {
      load.leave(Math.round((2 + (step * (PORTIONS - 3)) / PORTIONS) * portion));
      await pause((Number(seconds) * 1000) / PORTIONS);
    }
    const acceptedMeanwhile = load.accepted - before;
    await end();
    const began = performance.now();
    await Promise.all([courier.ready(), ledger.ready()]);
    const readyAfterMs = Math.round(performance.now() - began);
    for (const { ended } of [courier, ledger]) if (ended !== undefined) throw new Error(ended);
    console.log(
      `away for ${seconds} s: ${acceptedMeanwhile} tokens accepted meanwhile, ready ${readyAfterMs} ms after`,
    );
    return { awaySeconds: Number(seconds), acceptedMeanwhile, readyAfterMs };
  });
}

/** @param {readonly number[]} pids @returns {Promise<() => Promise<void>>} */
async function paused(pids) {
  for (const pid of pids) process.kill(pid, 'SIGSTOP');
  return async () => {
    for (const pid of pids) process.kill(pid, 'SIGCONT');
  };
}

/** Killed, and its port taken by somebody who hangs up, so that its supervisor tries in vain. @param {Ground} house */
async function cutOff(house) {
  const [pid = 0] = pidsOf(house, 'kafka');
  process.kill(pid, 'SIGKILL');
  const port = Number(house.brokers.split(':')[1]);
  /** @type {import('node:net').Server | undefined} */
  let stranger;
  while (stranger === undefined) stranger = await listeningAt(port);
  const there = stranger;
  return async () => {
    there.close();
    await once(there, 'close');
  };
}

/** @param {number} port @returns {Promise<import('node:net').Server | undefined>} who hangs up at once; undefined while the port is another's */
async function listeningAt(port) {
  const server = createServer((socket) => socket.destroy());
  const listens = await new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => resolve(true));
  });
  if (listens) return server;
  await pause(10);
  return undefined;
}

/** The process of a part, and its children. @param {Ground} house @param {'kafka' | 'postgres'} part @returns {number[]} */
function pidsOf(house, part) {
  const pid = readRecord(house.state.run, part)?.pid;
  if (pid === undefined) throw new Error(`${part} does not run`);
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && parentOf(name) === pid)
    .map(Number);
  return [pid, ...children];
}

/** @param {string} pid */
function parentOf(pid) {
  try {
    return Number(/\) . (\d+) /.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1]);
  } catch {
    return undefined;
  }
}
