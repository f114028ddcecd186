// The layout of the folder that holds everything one machine keeps, and how it is emptied with --fresh.
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';

import { defaultState } from '../set-up/repository.js';
import { SetUpError } from '../set-up/set-up-error.js';

/** Says that a folder is ours to empty. */
const MARKER = 'unbroken-state';
/**
 * What --fresh leaves: Kafka's program, the tests' folders, and the passwords, which an existing Postgres that was named
 * to us goes on expecting.
 */
const KEPT = ['kafka', 'test', 'passwords'];

/**
 * @typedef {object} StateFolder
 * @property {string} root absolute
 * @property {string} run recorded processes
 * @property {string} log
 * @property {string} kafka
 * @property {string} postgres
 * @property {string} passwords one file per database role
 * @property {string} agents a folder for each party that runs its own
 * @property {string} ports the file with the ports chosen last time
 * @property {string} demonstration the file that says how far the demonstration is
 * @property {string} upClaim held by the running `up`
 */

/**
 * @param {string} root
 * @returns {StateFolder}
 */
export function stateFolder(root) {
  return {
    root,
    run: join(root, 'run'),
    log: join(root, 'log'),
    kafka: join(root, 'kafka'),
    postgres: join(root, 'postgres'),
    passwords: join(root, 'passwords'),
    agents: join(root, 'agents'),
    ports: join(root, 'ports.json'),
    demonstration: join(root, 'demonstration.json'),
    upClaim: join(root, 'up.claim'),
  };
}

/**
 * Makes the folder, or checks that it is one of ours.
 * @param {StateFolder} state
 * @throws {SetUpError} state.foreign when something else is kept there, or another user owns it
 */
export function prepareStateFolder({ root }) {
  mkdirSync(root, { recursive: true });
  const owner = statSync(root).uid;
  const self = process.getuid?.();
  if (self !== undefined && self !== 0 && owner !== self) {
    throw new SetUpError('state.foreign', `${root} belongs to user ${owner}: run as that user, or choose --data.`);
  }
  const foreign = readdirSync(root).filter((name) => !KEPT.includes(name));
  if (root !== defaultState && foreign.length > 0 && !existsSync(join(root, MARKER))) {
    throw new SetUpError(
      'state.foreign',
      `${root} is not empty and was not made by Unbroken (${foreign.slice(0, 3).join(', ')}): choose another --data.`,
    );
  }
  writeFileSync(join(root, MARKER), 'Made by `npm run up`; `npm run up -- --fresh` empties it.\n');
}

/**
 * Forgets everything recorded so far: all state but what is KEPT. Only after
 * prepareStateFolder, and while nothing runs there.
 * @param {StateFolder} state
 */
export function emptyStateFolder({ root, kafka, upClaim }) {
  const kept = [...KEPT, MARKER].map((name) => join(root, name));
  const gone = readdirSync(root)
    .map((name) => join(root, name))
    .filter((path) => !kept.includes(path) && path !== upClaim);
  for (const path of [...gone, join(kafka, 'data')]) rmSync(path, { recursive: true, force: true });
}
