// The ledger and an intake, each a process of its own, killed with SIGKILL at random times under a steady load: while they
// work, while they start, one of them or both at once. In the end nothing may be lost, doubled or contradicted (verdict.js).
import { setTimeout as pause } from 'node:timers/promises';
import { Backlog } from '../../bench/backlog.js';
import { ground } from '../../bench/ground.js';
import { chainsOf } from '../../conformance/served-logs.js';
import { choices } from './choices.js';
import { Killable } from './killable.js';
import { SeenCheckpoints } from './seen-checkpoints.js';
import { SteadyLoad } from './steady-load.js';
import { verdict } from './verdict.js';

/** Of the kills, while the victim starts; else while it works. */
const WHILE_STARTING = 0.25;
const BOTH = 0.15;
const THE_INTAKE = 0.4;
/** So long a portion of the load keeps everybody busy: until it is recorded, published and signed. */
const BUSY_MS = 700;

/** @param {{ times?: string, tokens?: string, seed?: string, data?: string }} options */
export async function run({ times = '200', tokens: count = '20000', seed = String(Date.now() % 100_000), data }) {
  const house = await ground({ folder: data });
  /** @type {Killable[]} */
  const killables = [];
  try {
    const { services = '' } = await house.start('services');
    const tokens = chainsOf(await Backlog.parties(services), Number(count));
    await house.stopServices();
    for (const name of ['courier', 'ledger']) killables.push(await Killable.start(house, name));
    const [courier, ledger] = /** @type {[Killable, Killable]} */ (killables);
    const load = new SteadyLoad(`${courier.url}/courier/v1/tokens`, tokens);
    const seen = new SeenCheckpoints(house, ledger.url);
    const posting = load.run();
    const began = performance.now();
    const found = await killed({
      house,
      courier,
      ledger,
      load,
      seen,
      times: Number(times),
      next: choices(Number(seed)),
    });
    await Promise.all([courier.ready(), ledger.ready()]);
    load.leave(Infinity);
    await posting;
    const judged = await verdict(house, { ledger: ledger.url, intakes: ['courier'] }, { tokens, seen });
    await seen.stop();
    const seconds = Math.round((performance.now() - began) / 1000);
    const result = { seed: Number(seed), kills: Number(times), seconds, ...found, refusals: load.refusals, ...judged };
    console.table({ ...found, ...load.refusals });
    console.log(
      judged.faults.length === 0
        ? `${times} kills, ${judged.entries} tokens, ${judged.checkpoints} checkpoints: nothing lost, doubled or contradicted`
        : judged.faults.join('\n'),
    );
    return result;
  } finally {
    for (const killable of killables.toReversed()) await killable.stop();
    await house.stop();
  }
}

/**
 * @param {{ house: import('../../bench/ground.js').Ground, courier: Killable, ledger: Killable, load: SteadyLoad,
 *   seen: SeenCheckpoints, times: number, next: () => number }} run
 * @returns {Promise<Record<string, number>>} in what state the kills found things
 */
async function killed({ house, courier, ledger, load, seen, times, next }) {
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
 * @param {import('../../bench/ground.js').Ground} house @param {SeenCheckpoints} seen
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
