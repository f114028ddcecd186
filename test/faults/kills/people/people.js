// What people without keys tell and are sent, what is done about incidents, who has seen what, and a person erased: the service
// or the command killed in every durable write of these, once. Where the outcome may be either, both are played.
import { killedIn } from '../killed-in.js';
import { codes } from './codes.js';
import { erasuresCutOff } from './erasures.js';
import { finders } from './finders.js';
import { PeopleHouse } from './house.js';
import { incidents } from './incidents.js';
import { openings } from './openings.js';
import { audited } from './operate.js';

/**
 * @template C
 * @typedef {import('../killed-in.js').Cut & {
 *   what: string,
 *   andThen?: 'done',
 *   brief?: boolean,
 *   before: (house: PeopleHouse) => Promise<C>,
 *   act: (house: PeopleHouse, about: C) => Promise<unknown>,
 *   after: (house: PeopleHouse, about: C) => Promise<string[]>,
 * }} Step andThen: what becomes of it the next time, when it is tried again at the start; brief: also in the tests;
 *   before: what it needs; act: comes to this write; after: when all is up again, what does not hold
 */

/** @type {readonly Step<any>[]} */
const steps = [...finders, ...codes, ...incidents, ...openings];

/** @param {{ brief?: string, data?: string }} options brief: only those that the tests have */
export async function run({ brief, data }) {
  const isBrief = brief !== undefined;
  const house = await PeopleHouse.open(data);
  try {
    const faults = [];
    const chosen = steps.filter((step) => step.brief || !isBrief);
    for (const step of chosen) {
      faults.push(...(await cutOff(house, step)));
      console.log(`killed: ${step.what}`);
    }
    const erased = await erasuresCutOff(house, isBrief);
    faults.push(...erased.faults, ...(await audited(house)));
    return { steps: chosen.length + erased.steps, faults };
  } finally {
    await house.close();
  }
}

/** @template C @param {PeopleHouse} house @param {Step<C>} step @returns {Promise<string[]>} what does not hold */
async function cutOff(house, step) {
  const { services, ground } = house;
  const about = await step.before(house);
  let acting;
  await killedIn(ground.adminUrl, services, step, () => (acting = step.act(house, about)));
  await acting;
  if (step.andThen !== undefined)
    await killedIn(ground.adminUrl, services, { ...step, becomes: step.andThen }, () => undefined);
  services.spawn();
  await services.ready();
  return step.after(house, about);
}
