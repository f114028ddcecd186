// The Kafka and the Postgres under the services: private ones that we start, or existing ones the environment names.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { SetUpError } from '../set-up/set-up-error.js';
import { kafkaAnswers, kafkaPart, prepareKafka } from './kafka.js';
import { postgresAnswers, preparePostgres, superuserUrl } from './postgres.js';
import { provision, roleOf, serviceUrl, servicesWithSchema, urlOf } from './provision.js';

const DATABASE = 'unbroken';

/**
 * @typedef {import('./state-folder.js').StateFolder} StateFolder
 * @typedef {import('../supervise/supervisor.js').Supervisor} Supervisor
 */

/**
 * @param {string} named UNBROKEN_KAFKA_BROKERS
 * @returns {Promise<string>} the brokers
 * @throws {SetUpError} kafka.unreachable
 */
export async function useKafka(named) {
  const answers = await kafkaAnswers(named.split(',').map((broker) => broker.trim())).catch(() => false);
  if (answers) return named;
  throw new SetUpError(
    'kafka.unreachable',
    `No Kafka answers at ${named}: start it, or unset UNBROKEN_KAFKA_BROKERS to have one started.`,
  );
}

/**
 * @param {Supervisor} supervisor
 * @param {StateFolder} state
 * @param {{ kafka: number, kafkaController: number }} ports
 * @returns {Promise<string>} the brokers
 */
export async function startKafka(supervisor, state, ports) {
  const place = { folder: state.kafka, port: ports.kafka, controllerPort: ports.kafkaController };
  await prepareKafka(place);
  await supervisor.start(kafkaPart(place));
  return `127.0.0.1:${ports.kafka}`;
}

/**
 * @typedef {object} ProvisionedPostgres
 * @property {string} url for services: no user, no password
 * @property {string} passwordsFolder
 */

/**
 * Uses an existing Postgres. Roles and schemas are set up when the URL names an administrator.
 * @param {NodeJS.ProcessEnv & { UNBROKEN_POSTGRES_URL: string }} env
 * @param {StateFolder} state
 * @returns {Promise<ProvisionedPostgres>}
 * @throws {SetUpError} postgres.unreachable
 */
export async function usePostgres(env, state) {
  const adminUrl = env.UNBROKEN_POSTGRES_URL;
  const passwordsFolder = env['UNBROKEN_POSTGRES_PASSWORDS'] ?? state.passwords;
  const { username, pathname } = parseUrl(adminUrl);
  const database = pathname.slice(1) || DATABASE;
  if (username === '') {
    await mustAnswer(asRole(urlOf(adminUrl, database), passwordsFolder));
  } else {
    const server = urlOf(adminUrl, 'postgres');
    await mustAnswer(server);
    await provision({ adminUrl: server, database, passwordsFolder });
  }
  return { url: serviceUrl(adminUrl, database), passwordsFolder };
}

/** @param {string} url */
async function mustAnswer(url) {
  const { host, username } = new URL(url);
  const cure = 'check UNBROKEN_POSTGRES_URL, or unset it to have one started.';
  await postgresAnswers(url).catch((/** @type {Error & { code?: string }} */ error) => {
    // The server's own codes have five characters (SQLSTATE); others are of the way to it.
    const refused = error.code?.length === 5 ? `refuses ${username} (${error.message})` : undefined;
    throw new SetUpError(
      'postgres.unreachable',
      refused ? `PostgreSQL at ${host} ${refused}: ${cure}` : `No PostgreSQL answers at ${host}: start it, ${cure}`,
    );
  });
}

/**
 * The URL as one of the services uses it: where no administrator is named, its role must be there already.
 * @param {string} url @param {string} passwordsFolder
 */
function asRole(url, passwordsFolder) {
  const role = roleOf(servicesWithSchema[0]);
  const file = join(passwordsFolder, role);
  if (!existsSync(file)) {
    throw new SetUpError(
      'postgres.unreachable',
      `UNBROKEN_POSTGRES_URL names no administrator, and there is no password ${file}: name one (postgres://user:password@…) to have roles and schemas set up, or the folder with the passwords in UNBROKEN_POSTGRES_PASSWORDS.`,
    );
  }
  const changed = new URL(url);
  changed.username = role;
  changed.password = readFileSync(file, 'utf8').trim();
  return changed.href;
}

/**
 * @param {Supervisor} supervisor
 * @param {StateFolder} state
 * @param {number} port
 * @returns {Promise<ProvisionedPostgres>}
 */
export async function startPostgres(supervisor, state, port) {
  const place = { folder: state.postgres, port };
  await supervisor.start(await preparePostgres(place));
  const adminUrl = superuserUrl(place);
  await provision({ adminUrl, database: DATABASE, passwordsFolder: state.passwords });
  return { url: serviceUrl(adminUrl, DATABASE), passwordsFolder: state.passwords };
}

/** @param {string} text */
function parseUrl(text) {
  if (URL.canParse(text)) return new URL(text);
  throw new SetUpError(
    'postgres.unreachable',
    'UNBROKEN_POSTGRES_URL is not a URL: write postgres://user:password@host:port/database.',
  );
}
