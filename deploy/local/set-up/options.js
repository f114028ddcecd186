// The options of `npm run up`, and its help.
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { defaultState } from './repository.js';
import { SetUpError } from './set-up-error.js';

export const DEFAULT_HTTP_PORT = 8470;

export const help = `Starts Unbroken on this machine: Apache Kafka, PostgreSQL and every service. Ctrl-C stops all of it.

  npm run up                       everything, at http://127.0.0.1:${DEFAULT_HTTP_PORT}
  npm run up -- --port 8480        at another address
  npm run up -- --split            a process for each service, behind one address
  npm run up -- --data /srv/u      state in another folder than .unbroken
  npm run up -- --fresh            forget everything recorded so far, then start
  npm run up -- --no-demo          leave the demonstration out, which is told once into an empty database of its own
  npm run up -- --rebuild VIEW     have a view, such as dashboard, made anew from what is recorded, then start

Settings from the environment:
  UNBROKEN_HTTP_PORT               as --port
  UNBROKEN_KAFKA_BROKERS           use this Kafka (host:port,…) and start none
  UNBROKEN_POSTGRES_URL            use this PostgreSQL and start none: postgres://administrator:password@host:port/database
                                   sets up roles and schemas; without a user name they must be there already, with
                                   their passwords in the folder UNBROKEN_POSTGRES_PASSWORDS`;

/**
 * @typedef {object} UpOptions
 * @property {number} port the HTTP port, 1 to 65535
 * @property {string} data absolute path of the state folder
 * @property {boolean} fresh
 * @property {boolean} split
 * @property {boolean} demo
 * @property {string | undefined} rebuild name of a view
 * @property {boolean} help
 */

/**
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {UpOptions}
 * @throws {SetUpError} option.unknown
 */
export function readOptions(args, env) {
  const { port, data, fresh, split, rebuild, help, 'no-demo': noDemo } = parse(args);
  return {
    port: portNumber(port ?? env['UNBROKEN_HTTP_PORT'] ?? String(DEFAULT_HTTP_PORT)),
    data: data === undefined ? defaultState : resolve(env['INIT_CWD'] ?? '.', data),
    fresh,
    split,
    demo: !noDemo,
    rebuild: viewName(rebuild),
    help,
  };
}

/** @param {string[]} args */
function parse(args) {
  try {
    return parseArgs({
      args,
      options: {
        port: { type: 'string' },
        data: { type: 'string' },
        fresh: { type: 'boolean', default: false },
        split: { type: 'boolean', default: false },
        'no-demo': { type: 'boolean', default: false },
        rebuild: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw new SetUpError('option.unknown', `${/** @type {Error} */ (error).message}. See npm run up -- --help`);
  }
}

/** @param {string} text */
function portNumber(text) {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port >= 1 && port <= 65535) return port;
  throw new SetUpError('option.unknown', `The port must be a number from 1 to 65535, not "${text}".`);
}

/** @param {string | undefined} text */
function viewName(text) {
  if (text === undefined || /^[a-z]{1,40}$/.test(text)) return text;
  throw new SetUpError('option.unknown', `--rebuild takes the name of a view, such as dashboard, not "${text}".`);
}
