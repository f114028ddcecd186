// The operator's commands on one machine: `unbroken audit`, `recover` and `rebuild` end up here. With the settings of the
// services in the environment they run under those; else on the state folder of `npm run up` (--data DIR), whose Kafka and
// Postgres are used where they run, and started and stopped where they do not.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { startKafka, startPostgres, useKafka } from './machine/backing.js';
import { superuserUrl } from './machine/postgres.js';
import { serviceUrl } from './machine/provision.js';
import { operatorProgram } from './machine/rebuild.js';
import { choosePorts, startWhereFree } from './machine/ports.js';
import { serviceEnvironment } from './machine/services.js';
import { stateFolder } from './machine/state-folder.js';
import { DEFAULT_HTTP_PORT } from './set-up/options.js';
import { defaultState } from './set-up/repository.js';
import { SetUpError } from './set-up/set-up-error.js';
import { claim, release } from './supervise/claim.js';
import { endLeftovers } from './supervise/run-records.js';
import { Supervisor } from './supervise/supervisor.js';

/** @typedef {import('./machine/services.js').ServiceSettings} ServiceSettings */
/** @typedef {import('./machine/state-folder.js').StateFolder} StateFolder */

const COULD_NOT_LOOK = 2;

/** @param {string[]} args */
async function main(args) {
  const at = args.indexOf('--data');
  const named = at < 0 ? undefined : args[at + 1];
  const rest = at < 0 ? args : args.toSpliced(at, 2);
  if (at < 0 && process.env['UNBROKEN_POSTGRES_URL'] && process.env['UNBROKEN_KAFKA_BROKERS']) {
    return operate(rest, { UNBROKEN_HUB: undefined, UNBROKEN_HOME: undefined });
  }
  const folder = named === undefined ? defaultState : resolve(process.env['INIT_CWD'] ?? '.', named);
  const state = stateFolder(folder);
  if (!existsSync(state.passwords)) {
    throw new SetUpError(
      'state.foreign',
      `${folder} keeps no Unbroken: name the folder with --data, or set UNBROKEN_POSTGRES_URL and UNBROKEN_KAFKA_BROKERS.`,
    );
  }
  const holder = claim(state.upClaim);
  return holder === undefined ? besideNobody(state, rest) : operateOn(running(state), rest);
}

/** @param {StateFolder} state @param {string[]} args */
async function besideNobody(state, args) {
  const supervisor = new Supervisor(state, () => undefined);
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.once(signal, () => void end().then(() => process.exit(COULD_NOT_LOOK)));
  }
  const end = async () => {
    await supervisor.stop();
    release(state.upClaim);
  };
  try {
    mustHaveDatabase(state, args);
    await endLeftovers(state.run);
    return await operateOn(await started(supervisor, state), args);
  } finally {
    await end();
  }
}

/**
 * Only `recover` may begin with an empty database: to whoever looks, one that was made just now would be one that somebody emptied.
 * @param {StateFolder} state @param {string[]} args
 */
function mustHaveDatabase({ postgres }, [command]) {
  const data = join(postgres, 'data');
  if (command === 'recover' || existsSync(data)) return;
  throw new SetUpError(
    'state.no-database',
    `There is no database at ${data}. If its disk is not mounted, mount it; if it is lost, refill it with \`unbroken recover\`.`,
  );
}

/** @param {Supervisor} supervisor @param {StateFolder} state @returns {Promise<ServiceSettings>} */
async function started(supervisor, state) {
  const named = process.env['UNBROKEN_KAFKA_BROKERS'];
  const brokers = named
    ? await useKafka(named)
    : await startWhereFree(
        () => choosePorts(state.ports, { kafka: 8471, kafkaController: 8472 }),
        (ports) => startKafka(supervisor, state, ports),
      );
  const { url, passwordsFolder } = await startWhereFree(
    () => choosePorts(state.ports, { postgres: 8473 }),
    ({ postgres }) => startPostgres(supervisor, state, postgres),
  );
  return { brokers, postgresUrl: url, passwordsFolder, stateFolder: state.root };
}

/** @param {StateFolder} state @returns {ServiceSettings} those of the `up` that runs there */
function running(state) {
  const { kafka, postgres } = JSON.parse(readFileSync(state.ports, 'utf8'));
  return {
    brokers: process.env['UNBROKEN_KAFKA_BROKERS'] || `127.0.0.1:${kafka}`,
    postgresUrl: serviceUrl(superuserUrl({ folder: state.postgres, port: postgres }), 'unbroken'),
    passwordsFolder: join(state.passwords),
    stateFolder: state.root,
  };
}

/** @param {ServiceSettings} settings @param {string[]} args */
const operateOn = (settings, args) => operate(args, serviceEnvironment(settings, DEFAULT_HTTP_PORT));

/**
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} more undefined: not passed on
 * @returns {Promise<number>} its exit code
 */
function operate(args, more) {
  if (!existsSync(operatorProgram)) throw new SetUpError('command.failed', 'It is not built yet: run `npm run build`.');
  return new Promise((done, failed) => {
    const env = { ...process.env, ...more };
    const child = spawn(process.execPath, ['--enable-source-maps', operatorProgram, ...args], {
      env,
      stdio: 'inherit',
    });
    child.once('error', failed);
    child.once('close', (code) => done(code ?? COULD_NOT_LOOK));
  });
}

process.exitCode = await main(process.argv.slice(2)).catch((error) => {
  if (!(error instanceof SetUpError)) throw error;
  console.error(`✗ ${error.message}`);
  return COULD_NOT_LOOK;
});
