// What every long fault needs: a house of its own, an intake and the ledger as processes that can be broken, a load under
// way, somebody who collects every checkpoint, and the verdict in the end.
import { Backlog } from '../../bench/backlog.js';
import { ground } from '../../bench/ground.js';
import { auditorOf, chainsOf } from '../../conformance/served-logs.js';
import { Killable } from './killable.js';
import { SeenCheckpoints } from './seen-checkpoints.js';
import { SteadyLoad } from './steady-load.js';
import { Strangers } from './strangers.js';
import { verdict } from './verdict.js';

/**
 * @typedef {object} Scene
 * @property {import('../../bench/ground.js').Ground} house
 * @property {Killable} courier the intake
 * @property {Killable} ledger
 * @property {SteadyLoad} load posts what it is given leave to
 * @property {Strangers} strangers what is not recorded at once
 * @property {SeenCheckpoints} seen
 */

/**
 * Plays what is done to the house while tokens are posted to it, and judges it when all is up again.
 * @template {object} R
 * @param {{ tokens: number, data?: string | undefined }} options
 * @param {(scene: Scene) => Promise<R>} play
 */
export async function scene({ tokens: count, data }, play) {
  const house = await ground({ folder: data });
  /** @type {Killable[]} */
  const killables = [];
  try {
    const { services = '' } = await house.start('services');
    const backlog = await Backlog.parties(services);
    const strangers = await Strangers.prepare(services, backlog);
    const accessNow = await auditorOf(services);
    const tokens = chainsOf(backlog, count);
    await house.stopServices();
    for (const name of ['courier', 'ledger']) killables.push(await Killable.start(house, name));
    const [courier, ledger] = /** @type {[Killable, Killable]} */ (killables);
    const load = new SteadyLoad(`${courier.url}/courier/v1/tokens`, tokens);
    const seen = new SeenCheckpoints(house, ledger.url);
    const began = performance.now();
    const posting = load.run();
    // A refusal that cannot be mended ends the play, too.
    const played = await Promise.race([
      play({ house, courier, ledger, load, strangers, seen }),
      posting.then(() => neverYet()),
    ]);
    await Promise.all([courier.ready(), ledger.ready()]);
    load.leave(Infinity);
    await Promise.all([posting, strangers.taken()]);
    const { recorded, refused } = strangers.given;
    const run = { tokens: [...tokens, ...recorded], refused, seen, access: await accessNow() };
    const judged = await verdict(house, { ledger: ledger.url, intakes: ['courier'] }, run);
    await seen.stop();
    const seconds = Math.round((performance.now() - began) / 1000);
    if (Object.keys(load.refusals).length > 0) console.table({ 'posts answered otherwise than 202': load.refusals });
    console.log(
      judged.faults.length === 0
        ? `${judged.entries} tokens, ${judged.checkpoints} checkpoints, ${seconds} s: nothing lost, doubled or contradicted`
        : judged.faults.join('\n'),
    );
    return { seconds, ...played, refusals: load.refusals, ...judged };
  } finally {
    for (const killable of killables.toReversed()) await killable.stop();
    await house.stop();
  }
}

/** @returns {Promise<never>} for a race that only its other side may win */
const neverYet = () => new Promise(() => undefined);
