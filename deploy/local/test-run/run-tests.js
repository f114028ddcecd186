// `npm test`: set-up from a bare clone, the checks, then one Jest run of everything. The last line counts; the exit
// code is 1 when anything failed. Until the packages are installed only node: modules may be loaded.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { endCommands, run } from '../set-up/command.js';
import { copyKafka } from '../set-up/kafka-program.js';
import { installPackages } from '../set-up/packages.js';
import { whenNpmEnds } from '../set-up/parent.js';
import { checkPrerequisites } from '../set-up/prerequisites.js';
import { say, step } from '../set-up/progress.js';
import { defaultState, repository } from '../set-up/repository.js';
import { SetUpError } from '../set-up/set-up-error.js';
import { lastLine, tally } from './tally.js';
import { closeDeadRuns } from './test-run.js';

/** What each of the two processors checks, a script at a time, once everything is built: an array a processor. */
const besideEachOther = [['lint:code'], ['typecheck', 'lint:imports']];

let interrupted = false;

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, interrupt);
}
whenNpmEnds(interrupt);

try {
  await setUp();
  finish(await check());
} catch (error) {
  say(`\n${error instanceof SetUpError ? error.message : /** @type {Error} */ (error).stack}`);
  finish({ passed: 0, failed: 1, skipped: 0 });
}

function interrupt() {
  interrupted = true;
  endCommands();
}

async function setUp() {
  say('Set-up');
  await told('Prerequisites', 'looks for Node, Java, Maven', () => checkPrerequisites(process.env));
  await told('npm packages', 'installs what package-lock.json names', installPackages);
  if (!process.env['UNBROKEN_KAFKA_BROKERS']) await told('Kafka program', 'copies it with Maven, once', copyKafka);
}

/** @returns {Promise<import('./tally.js').Tally>} */
async function check() {
  say('\nChecks');
  // The build comes first: it also writes the types of the JavaScript here, which lint and types look at. Form needs nothing of it.
  let failedSteps = await checked('Build, form', [['build'], ['format:check']]);
  if (!interrupted) failedSteps += await checked('Lint, types', besideEachOther);
  if (interrupted) return { passed: 0, failed: Math.max(failedSteps, 1), skipped: 0 };
  say('\nTests');
  const { results, exitCode } = await runJest();
  await closeDeadRuns();
  return tally(results, exitCode, failedSteps);
}

/**
 * Runs npm scripts that must succeed; what those print that do not is shown.
 * @param {string} name
 * @param {string[][]} rows of scripts one after the other, the rows beside each other
 * @returns {Promise<number>} how many failed
 */
async function checked(name, rows) {
  const failed = await step(name, `npm run ${rows.flat().join(', ')}`, async () => {
    const ends = await Promise.all(rows.map(inTurn));
    const result = ends.flat().filter(({ code }) => code !== 0);
    return {
      told: result.length === 0 ? 'passed' : `FAILED: ${result.map(({ script }) => script).join(', ')}`,
      result,
    };
  });
  for (const { output } of failed) say(output);
  return failed.length;
}

/** @param {string[]} scripts */
async function inTurn(scripts) {
  const ends = [];
  for (const script of scripts) {
    if (interrupted) break;
    ends.push({ script, ...(await run('npm', ['run', '--silent', script])) });
  }
  return ends;
}

/** @returns {Promise<{ results: import('./tally.js').JestResults | undefined, exitCode: number }>} */
async function runJest() {
  const file = join(defaultState, 'test', 'results', 'jest.json');
  mkdirSync(dirname(file), { recursive: true });
  rmSync(file, { force: true });
  const jest = join(repository, 'node_modules', 'jest', 'bin', 'jest.js');
  // Workers run under the same options. Each test file loads all its modules anew, which die young.
  const options = ['--experimental-vm-modules', '--max-semi-space-size=64'];
  const args = [...options, jest, '--json', `--outputFile=${file}`];
  const { code } = await run(process.execPath, args, { stream: true });
  return { results: existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined, exitCode: code };
}

/** @param {import('./tally.js').Tally} counted */
function finish(counted) {
  say(lastLine(counted));
  process.exitCode = counted.failed > 0 ? 1 : 0;
}

/** @param {string} name @param {string} doing @param {() => Promise<string>} work */
function told(name, doing, work) {
  return step(name, doing, async () => ({ told: await work(), result: undefined }));
}
