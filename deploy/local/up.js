// `npm run up`: from a bare clone to a running Unbroken on this machine, and everything stopped again at the end.
// Until the packages are installed only node: modules may be loaded; hence the one import in the middle.
import { endCommands, mustRun } from './set-up/command.js';
import { copyKafka } from './set-up/kafka-program.js';
import { help, readOptions } from './set-up/options.js';
import { installPackages } from './set-up/packages.js';
import { whenNpmEnds } from './set-up/parent.js';
import { checkPrerequisites } from './set-up/prerequisites.js';
import { say, step } from './set-up/progress.js';
import { SetUpError } from './set-up/set-up-error.js';

/** @type {{ stop: () => Promise<void> } | undefined} */
let machine;
/** @type {Promise<void> | undefined} */
let ending;

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, () => void end(0, 'Stopping …'));
}
whenNpmEnds(() => void end(0, 'Stopping …'));

try {
  await main();
} catch (error) {
  if (error instanceof SetUpError) await end(1, `\n${error.message}`);
  else if (ending === undefined) {
    await end(1, `\n${/** @type {Error} */ (error).stack}`);
  }
}

async function main() {
  const options = readOptions(process.argv.slice(2), process.env);
  if (options.help) return say(help);

  say('Unbroken on this machine');
  await told('Prerequisites', 'looks for Node, Java, Maven', () => checkPrerequisites(process.env));
  await told('npm packages', 'installs what package-lock.json names', installPackages);
  if (!process.env['UNBROKEN_KAFKA_BROKERS']) await told('Kafka program', 'copies it with Maven, once', copyKafka);
  await told('Build', 'compiles what changed', build);

  const { Machine } = await import('./machine/machine.js');
  const started = new Machine(options, process.env, tellEvent);
  await started.takeOver();
  machine = started;
  await started.start();
  if (ending !== undefined) return;

  say(`\nUnbroken is ready at http://127.0.0.1:${options.port}`);
  say('  try     npx unbroken incident cd       three stories of two CDs, told against this machine');
  say(`  logs    ${options.data}/log/`);
  say('  stop    Ctrl-C; everything recorded is kept for the next start');
}

/**
 * Stops everything, once; then exits.
 * @param {number} code
 * @param {string} why
 */
function end(code, why) {
  ending ??= (async () => {
    say(why);
    endCommands();
    await machine?.stop();
    if (code === 0) say('Stopped.');
    process.exit(code);
  })();
  return ending;
}

async function build() {
  await mustRun('npm', ['run', '--silent', 'build']);
  return 'up to date';
}

/** @param {string} name @param {string} doing @param {() => Promise<string>} work */
function told(name, doing, work) {
  return step(name, doing, async () => ({ told: await work(), result: undefined }));
}

/** @param {import('./supervise/supervised.js').PartEvent} event */
function tellEvent(event) {
  if (event.kind === 'back') return say(`${event.name} answers again after ${(event.afterMs / 1000).toFixed(1)} s`);
  say(`${event.name} ended (${event.how}); it starts again in ${event.againInMs / 1000} s. See ${event.log}`);
}
