// A real Kafka or Postgres for tests, looked after by a process of its own (keeper.js): it restarts the server when a
// test kills it, and ends it when the test run ends, however that happens.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { SetUpError } from '../set-up/set-up-error.js';
import { claim, readClaim } from '../supervise/claim.js';
import { logTail, withLog } from '../supervise/log-file.js';
import { isAlive, signalProcess } from '../supervise/process-identity.js';
import { endLeftovers, readRecord, recordProcess } from '../supervise/run-records.js';
import { until } from '../supervise/wait.js';

const keeper = fileURLToPath(new URL('./keeper.js', import.meta.url));
const READY_WITHIN_MS = 120_000;
/** Above every part the keeper starts: it is ended first, and then ends them. */
const KEEPER_ORDER = 1000;

/**
 * @typedef {import('../supervise/process-identity.js').ProcessIdentity} ProcessIdentity
 * @typedef {'kafka' | 'postgres'} ServerKind
 * @typedef {{ kind: 'kafka', brokers: string[] }} KeptKafka
 * @typedef {{ kind: 'postgres', adminUrl: string, passwordsFolder: string }} KeptPostgres
 * @typedef {KeptKafka | KeptPostgres} KeptServer
 */

/** @param {string} folder */
export const keptFiles = (folder) => ({
  ready: join(folder, 'ready.json'),
  run: join(folder, 'run'),
  log: join(folder, 'log'),
  passwords: join(folder, 'passwords'),
  starting: join(folder, 'starting.claim'),
});

/**
 * The server of that folder: started when nobody did yet, waited for when somebody else is at it.
 * @param {ServerKind} kind
 * @param {string} folder
 * @param {ProcessIdentity} owner the server ends when this process does
 * @returns {Promise<KeptServer>}
 * @throws {SetUpError} part.not-ready
 */
export async function keepServer(kind, folder, owner) {
  const files = keptFiles(folder);
  if (!existsSync(files.ready) && claim(files.starting) === undefined) await startKeeper(kind, folder, owner);
  const server = await until(() => readReady(files.ready) ?? (starterIsGone(folder) && 'gone'), {
    withinMs: READY_WITHIN_MS,
  });
  if (typeof server === 'object') return server;
  throw new SetUpError('part.not-ready', `The ${kind} for tests did not start:\n${logTail(files.log, 'keeper')}`);
}

/** Ends the server and its keeper, and removes its folder. @param {string} folder */
export async function stopKept(folder) {
  await endLeftovers(keptFiles(folder).run);
  rmSync(folder, { recursive: true, force: true });
}

/**
 * Sends a signal to the server itself, not to its keeper.
 * @param {ServerKind} kind
 * @param {string} folder
 * @param {'SIGKILL' | 'SIGSTOP' | 'SIGCONT'} signal after SIGKILL the process is gone when this returns
 */
export async function signalKept(kind, folder, signal) {
  const record = readRecord(keptFiles(folder).run, kind);
  if (record === undefined) return;
  signalProcess(record, signal);
  if (signal === 'SIGKILL') await until(() => !isAlive(record), { withinMs: 10_000, everyMs: 5 });
}

/** @param {ServerKind} kind @param {string} folder @param {ProcessIdentity} owner */
async function startKeeper(kind, folder, owner) {
  const files = keptFiles(folder);
  await endLeftovers(files.run);
  mkdirSync(folder, { recursive: true });
  const args = [keeper, JSON.stringify({ kind, folder, owner })];
  const child = withLog(files.log, 'keeper', (log) =>
    spawn(process.execPath, args, { cwd: '/', stdio: ['ignore', log, log], detached: true }),
  );
  child.unref();
  const { pid } = child;
  if (pid !== undefined) {
    recordProcess(files.run, { name: 'keeper', pid, order: KEEPER_ORDER, stopSignal: 'SIGTERM' });
  }
}

/**
 * Whether nobody is at starting it: its keeper ended, or who was to start the keeper did.
 * @param {string} folder
 */
function starterIsGone(folder) {
  const { run, starting } = keptFiles(folder);
  const keeperRecord = readRecord(run, 'keeper');
  if (keeperRecord !== undefined) return !isAlive(keeperRecord);
  const starter = readClaim(starting);
  return starter !== undefined && !isAlive(starter);
}

/** @param {string} file @returns {KeptServer | undefined} */
function readReady(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}
