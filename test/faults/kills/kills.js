// The ledger and an intake, each a process of its own, killed with SIGKILL at random times under a steady load: while they
// work, while they start, one of them or both at once. In the end nothing may be lost, doubled or contradicted (verdict.js).
import { setTimeout as pause } from 'node:timers/promises';
import { choices } from './choices.js';
import { scene } from './scene.js';

/** Of the kills, while the victim starts; else while it works. */
const WHILE_STARTING = 0.25;
const BOTH = 0.15;
const THE_INTAKE = 0.4;
/** So long a portion of the load keeps everybody busy: until it is recorded, published and signed. */
const BUSY_MS = 700;

/** @param {{ times?: string, tokens?: string, seed?: string, data?: string }} options */
export function run({ times = '200', tokens = '20000', seed = String(Date.now() % 100_000), data }) {
  return scene({ tokens: Number(tokens), data }, async (parts) => {
    const found = await killed(parts, Number(times), choices(Number(seed)));
    console.table(found);
    return { seed: Number(seed), kills: Number(times), ...found };
  });
}

/**
 * @param {import('./scene.js').Scene} scene
 * @param {number} times
 * @param {() => number} next from 0 to below 1
 * @returns {Promise<Record<string, number>>} in what state the kills found things
 */
async function killed({ house, courier, ledger, load, seen }, times, next) {
  const found = {
    ledger: 0,
    intake: 0,
    whileStarting: 0,
    notPublished: 0,
    notSigned: 0,
    signedOutsideOnly: 0,
    inOutbox: 0,
  };
  let startMs = 1_500;
  for (let kill = 1; kill <= times; kill += 1) {
    const portion = Math.round((load.total * kill) / (times + 1));
    const choice = next();
    const victims = choice < BOTH ? [ledger, courier] : choice < THE_INTAKE ? [courier] : [ledger];
    const isStarting = next() < WHILE_STARTING;
    if (isStarting) {
      load.leave(portion);
      await pause(next() * startMs);
    } else {
      const began = performance.now();
      await Promise.all([ledger.ready(), courier.ready()]);
      startMs = Math.max(startMs, performance.now() - began);
      load.leave(portion);
      await pause(next() * BUSY_MS);
    }
    await Promise.all(victims.map((victim) => victim.kill()));
    const state = await stateOf(house, seen);
    if (victims.includes(ledger)) found.ledger += 1;
    if (victims.includes(courier)) found.intake += 1;
    if (isStarting) found.whileStarting += 1;
    for (const name of state) found[name] += 1;
    for (const victim of victims) victim.spawn();
    if (kill % 20 === 0) console.error(`${kill} kills, ${load.accepted} tokens accepted`);
  }
  return found;
}

/**
 * Between which durable writes the kill has come.
 * @param {import('../../bench/ground.js').Ground} house @param {import('./seen-checkpoints.js').SeenCheckpoints} seen
 * @returns {Promise<('notPublished' | 'notSigned' | 'signedOutsideOnly' | 'inOutbox')[]>}
 */
async function stateOf(house, seen) {
  const [row] = await house.query(
    `SELECT size, published, (SELECT count(*) FROM courier.outbox) AS waiting FROM ledger.logs, ledger.publications
     WHERE name = 'custody/0' AND log = name`,
  );
  const { inside, outside } = await seen.lookInside();
  const size = Number(row?.['size'] ?? 0);
  return [
    ...(Number(row?.['published'] ?? 0) < size ? /** @type {const} */ (['notPublished']) : []),
    ...(Math.max(inside, outside) < size ? /** @type {const} */ (['notSigned']) : []),
    ...(inside < outside ? /** @type {const} */ (['signedOutsideOnly']) : []),
    ...(Number(row?.['waiting'] ?? 0) > 0 ? /** @type {const} */ (['inOutbox']) : []),
  ];
}
