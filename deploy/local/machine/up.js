// From a bare clone to a running Unbroken on this machine, and everything stopped again at the end. Until the packages are
// installed only node: modules may be loaded; hence the one import in the middle.
import { build } from '../set-up/build.js';
import { endCommands } from '../set-up/command.js';
import { faultSentence } from '../set-up/fault-sentence.js';
import { copyKafka } from '../set-up/kafka-program.js';
import { help, readOptions } from '../set-up/options.js';
import { installPackages } from '../set-up/packages.js';
import { whenNpmEnds } from '../set-up/parent.js';
import { checkPrerequisites } from '../set-up/prerequisites.js';
import { say, step } from '../set-up/progress.js';
import { SetUpError } from '../set-up/set-up-error.js';
import { whatNext } from '../set-up/what-next.js';

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
  const sentence = faultSentence(error) ?? (error instanceof SetUpError ? error.message : undefined);
  if (sentence !== undefined) await end(1, `\n${sentence}`);
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

  const { Machine } = await import('./machine.js');
  const started = new Machine(options, process.env, tellEvent);
  await started.takeOver();
  machine = started;
  await started.start();
  if (ending !== undefined) return;

  for (const line of whatNext(options, process.env)) say(line);
  await started.demonstrate(say, () => ending !== undefined);
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

/** @param {string} name @param {string} doing @param {() => Promise<string>} work */
function told(name, doing, work) {
  return step(name, doing, async () => ({ told: await work(), result: undefined }));
}

/** @param {import('../supervise/supervised.js').PartEvent} event */
function tellEvent(event) {
  if (event.kind === 'back') return say(`${event.name} answers again after ${(event.afterMs / 1000).toFixed(1)} s`);
  say(`${event.name} ended (${event.how}); it starts again in ${event.againInMs / 1000} s. See ${event.log}`);
}
