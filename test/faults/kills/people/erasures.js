// `unbroken erase`, cut off in each of its writes: what was begun is finished by the next run, with one certificate, and what was
// not decided has erased nothing (services/standalone/src/erase).
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { killedIn } from '../killed-in.js';
import { straceMissing } from '../signal-in-call.js';
import { until } from './house.js';
import { opened } from './incidents.js';
import { Operating, ended } from './operate.js';

/** @typedef {import('./house.js').PeopleHouse} PeopleHouse */
/** @typedef {{ name: string, sub: string }} Person */

let people = 0;

/** Somebody whom a finder’s report and the file of an incident name. @param {PeopleHouse} house @returns {Promise<Person>} */
async function named(house) {
  people += 1;
  const name = `Jane Doe of ${'ABCDEFGHIJ'[people]}-town`;
  const { sub } = await opened(house, `${name} has lost it.`);
  await house.ask(`/found/${sub}`, { mine: 'no', opened: 'yes', left: 'kept', contact: name });
  await until('the report in the log', async () => (await house.recorded(sub, 'found')) > 0);
  return { name, sub };
}

const askedFor = (/** @type {Person} */ { name }) => ['erase', '--named', name, '--reason', 'file 15/0219'];

/** In the first of these calls. @param {string} calls */
const dyingIn = (calls) => [
  ...['strace', '-f', '-o', '/dev/null'],
  ...['-e', `trace=${calls}`, '-e', `inject=${calls}:signal=KILL:when=1`],
];

/**
 * @typedef {object} Erasure
 * @property {string} what
 * @property {import('../held-write.js').Write} [write]
 * @property {string} [calls] system calls in place of a write to the database
 * @property {'undone' | 'done'} becomes
 * @property {boolean} [undecided] nothing is erased, and there is nothing to finish
 * @property {boolean} [brief]
 */

/** @param {string} table @param {string} on @param {'statement' | 'commit'} at */
const held = (table, on, at) => ({ table, on, at });

/** @type {readonly Erasure[]} */
const steps = [
  {
    what: 'its plan, without its name',
    calls: 'rename,renameat,renameat2',
    becomes: 'undone',
    undecided: true,
  },
  { what: 'a place, not committed', write: held('receiver.found_reports', 'UPDATE', 'statement'), becomes: 'undone' },
  { what: 'a place, committed unheard', write: held('receiver.found_reports', 'UPDATE', 'commit'), becomes: 'done' },
  { what: 'the files, not committed', write: held('alerts.incident_texts', 'DELETE', 'statement'), becomes: 'undone' },
  {
    what: 'the files, committed unheard',
    write: held('alerts.incident_texts', 'DELETE', 'commit'),
    becomes: 'done',
    brief: true,
  },
  { what: 'its certificate, without its name', calls: 'link,linkat', becomes: 'undone' },
  { what: 'its certificate, the plan beside it', calls: 'unlink,unlinkat', becomes: 'undone' },
];

/** @param {PeopleHouse} house @param {boolean} isBrief @returns {Promise<{ steps: number, faults: string[] }>} */
export async function erasuresCutOff(house, isBrief) {
  const missing = await straceMissing();
  const faults = [];
  const chosen = steps.filter(({ brief, calls }) => (brief || !isBrief) && !(missing && calls));
  for (const step of chosen) {
    const person = await named(house);
    const before = filesOf(house, '.certificate').length;
    await cutOff(house, step, person);
    const begun = filesOf(house, '.plan.json').length;
    if (begun !== (step.undecided ? 0 : 1)) faults.push(`${step.what}: ${begun} erasures are begun`);
    if (step.undecided && (await naming(house, person)) !== 2) faults.push(`${step.what}: something is erased`);
    await ended(house, ['erase']);
    if (step.undecided) await ended(house, askedFor(person));
    const certificates = filesOf(house, '.certificate').length - before;
    if (certificates !== 1) faults.push(`${step.what}: ${certificates} certificates`);
    if (filesOf(house, '.plan.json').length > 0) faults.push(`${step.what}: a plan is left`);
    if ((await naming(house, person)) > 0) faults.push(`${step.what}: something still names them`);
    console.log(`killed: an erasure: ${step.what}`);
  }
  return { steps: chosen.length, faults };
}

/** @param {PeopleHouse} house @param {Erasure} step @param {Person} person */
async function cutOff(house, { write, calls, becomes }, person) {
  const erasing = new Operating(house, askedFor(person), calls === undefined ? [] : dyingIn(calls));
  if (write !== undefined)
    return killedIn(house.ground.adminUrl, erasing, { write, becomes, starting: true }, () => undefined);
  erasing.spawn();
  await erasing.gone();
  if (erasing.ended !== undefined) throw new Error(erasing.ended);
}

/** @param {PeopleHouse} house @param {string} ending */
function filesOf(house, ending) {
  try {
    const names = readdirSync(join(house.ground.state.root, 'erasures'));
    return names.filter((name) => name.endsWith(ending) && !name.startsWith('.'));
  } catch {
    return [];
  }
}

/** In how many rows they are named. @param {PeopleHouse} house @param {Person} person */
const naming = (house, { name }) =>
  house.count(
    `SELECT (SELECT count(*) FROM receiver.found_reports WHERE contact = $1)
          + (SELECT count(*) FROM alerts.incident_texts WHERE text LIKE '%' || $1 || '%')`,
    [name],
  );
