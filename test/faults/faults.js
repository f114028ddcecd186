// `npm run faults -- NAME [options]`: one fault for as long and as often as one likes, against the built packages, on a
// Kafka and a Postgres of its own. Each says what it did and whether all holds; the exit code is 1 when something does not.
// What is short of it is in the tests beside this file.
import { parseArgs } from 'node:util';

/** @type {Readonly<Record<string, () => Promise<{ run: (options: Record<string, string>) => Promise<Verdict> }>>>} */
const faults = {
  'broker-cut-off': async () => (await import('./kills/stalls.js')).brokerCutOff,
  'broker-paused': async () => (await import('./kills/stalls.js')).brokerPaused,
  'disk-full': () => import('./kills/disk-full.js'),
  kills: () => import('./kills/kills.js'),
  people: () => import('./kills/people/people.js'),
  'postgres-paused': async () => (await import('./kills/stalls.js')).postgresPaused,
  steps: () => import('./kills/steps.js'),
  writers: () => import('./kills/writers.js'),
};

/** @typedef {{ faults: readonly string[] }} Verdict `faults`: what does not hold, in words; none: all holds */

const [name = '', ...rest] = process.argv.slice(2);
const load = faults[name];
if (load === undefined) {
  console.error(`Name a fault: npm run faults -- ${Object.keys(faults).join(' | ')}`);
  process.exit(2);
}
const { values } = parseArgs({
  args: rest,
  options: {
    times: { type: 'string' },
    tokens: { type: 'string' },
    seconds: { type: 'string' },
    seed: { type: 'string' },
    data: { type: 'string' },
    brief: { type: 'boolean' },
  },
});
const { run } = await load();
const verdict = await run(/** @type {Record<string, string>} */ (/** @type {unknown} */ ({ ...values })));
console.log(JSON.stringify({ fault: name, ...verdict }));
process.exit(verdict.faults.length > 0 ? 1 : 0);
