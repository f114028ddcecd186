// The services of one machine as parts: all in one process, or a process each. Only settings differ.
import { join } from 'node:path';

import { repository } from '../set-up/repository.js';
import { takenAmong } from './ports.js';

/** The services that answer under their own path prefix; with --split each is a process. */
export const serviceNames = /** @type {const} */ ([
  'registry',
  'sender',
  'courier',
  'receiver',
  'ledger',
  'alerts',
  'dashboard',
]);

/** What runs them, one or all, after `npm run build`. */
const program = join(repository, 'services', 'standalone', 'dist', 'main.js');

/** A batch's objects die young: with V8's usual 16 MB they are copied to the old generation first. */
const YOUNG = '--max-semi-space-size=32';

/**
 * Of a process that is one service, several times what it needs: below 2,048 V8 lets a heap grow to twice and not to four
 * times what lives, which keeps it flat. Below half of that it collects so often that it costs a tenth of the processor
 * (docs/performance.md, "memory").
 */
const OLD = '--max-old-space-size=2000';

/** sysexits.h EX_CONFIG: the settings are wrong, starting again does not help. */
const WRONG_SETTINGS = 78;

/** Whatever else may listen at that address and never answer is not waited for. */
const ANSWER_MS = 5_000;

/**
 * @typedef {object} ServiceSettings
 * @property {string} brokers
 * @property {string} postgresUrl without user and password
 * @property {string} passwordsFolder
 * @property {string} stateFolder
 * @property {string} [witnesses] the file that names those who cosign the logs
 *
 * @typedef {import('../supervise/supervised.js').Part} Part
 */

/**
 * @param {ServiceSettings} settings
 * @param {number} port
 * @returns {Part} every service in one process
 */
export function allServices(settings, port) {
  return servicePart('services', settings, port, { options: [YOUNG], more: {} });
}

/**
 * @param {ServiceSettings} settings
 * @param {string} name
 * @param {number} port
 * @returns {Part} one service as its own process
 */
export function oneService(settings, name, port) {
  return servicePart(name, settings, port, { options: [YOUNG, OLD], more: { UNBROKEN_SERVICE: name } });
}

/**
 * What every program of the services is told.
 * @param {ServiceSettings} settings
 * @param {number} port
 * @returns {NodeJS.ProcessEnv} undefined: not passed on
 */
export function serviceEnvironment(settings, port) {
  return {
    UNBROKEN_ENV: 'development',
    UNBROKEN_KAFKA_BROKERS: settings.brokers,
    UNBROKEN_POSTGRES_URL: settings.postgresUrl,
    UNBROKEN_POSTGRES_PASSWORDS: settings.passwordsFolder,
    UNBROKEN_HTTP_PORT: String(port),
    UNBROKEN_STATE_DIR: settings.stateFolder,
    UNBROKEN_WITNESSES: settings.witnesses,
    // The command's own settings, which whoever starts this may have: a service refuses a setting it does not know.
    UNBROKEN_HUB: undefined,
    UNBROKEN_HOME: undefined,
  };
}

/**
 * @param {string} name
 * @param {ServiceSettings} settings
 * @param {number} port
 * @param {{ options: readonly string[], more: NodeJS.ProcessEnv }} own of Node.js, and settings
 * @returns {Part}
 */
function servicePart(name, settings, port, { options, more }) {
  return {
    name,
    launch: () => ({
      command: process.execPath,
      args: ['--enable-source-maps', ...options, program],
      env: { ...process.env, ...serviceEnvironment(settings, port), ...more },
    }),
    ready: async () => (await fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(ANSWER_MS) })).ok,
    readyWithinMs: 120_000,
    evicted: () => takenAmong(name, [port]),
    stopSignal: 'SIGTERM',
    stopWithinMs: 20_000,
    hopelessExitCodes: [WRONG_SETTINGS],
  };
}
