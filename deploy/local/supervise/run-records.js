// Which processes we started, written down as they start: after a kill -9 of the starter, the next one ends what is
// left. A recorded number that belongs to another process by now is left alone.
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { identify, isAlive, signalProcess } from './process-identity.js';
import { until } from './wait.js';

const STOP_WITHIN_MS = 20_000;

/**
 * @typedef {import('./process-identity.js').ProcessIdentity} ProcessIdentity
 * @typedef {ProcessIdentity & { name: string, order: number, stopSignal: NodeJS.Signals, startedAt: string }} RunRecord
 */

/**
 * Writes a process down. A crash before this line leaves a process nobody knows of; the ports and the lock files of
 * Kafka and Postgres then say so at the next start.
 * @param {string} folder
 * @param {{ name: string, pid: number, order: number, stopSignal: NodeJS.Signals }} started order: later ones stop first
 */
export function recordProcess(folder, { name, pid, order, stopSignal }) {
  const identity = identify(pid);
  if (identity === undefined) return;
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${name}.json`);
  /** @type {RunRecord} */
  const record = { ...identity, name, order, stopSignal, startedAt: new Date().toISOString() };
  writeFileSync(`${file}.part`, JSON.stringify(record, undefined, 2));
  renameSync(`${file}.part`, file);
}

/** @param {string} folder @param {string} name */
export function forgetProcess(folder, name) {
  rmSync(join(folder, `${name}.json`), { force: true });
}

/**
 * @param {string} folder
 * @param {string} name
 * @returns {RunRecord | undefined} undefined when nothing of that name is recorded
 */
export function readRecord(folder, name) {
  try {
    return JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Ends every recorded process that still runs, last started first, and forgets them all.
 * @param {string} folder
 * @returns {Promise<string[]>} the names of those that were still running
 */
export async function endLeftovers(folder) {
  mkdirSync(folder, { recursive: true });
  const names = readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length));
  const records = names.map((name) => readRecord(folder, name)).filter((record) => record !== undefined);
  const alive = records.filter(isAlive).sort((a, b) => b.order - a.order);
  for (const record of alive) await endProcess(record, record.stopSignal);
  for (const name of names) forgetProcess(folder, name);
  return alive.map((record) => record.name);
}

/**
 * Asks a process to end, then makes it. A stopped (SIGSTOP) one is woken so that it can obey.
 * @param {ProcessIdentity} target
 * @param {NodeJS.Signals} stopSignal
 */
export async function endProcess(target, stopSignal) {
  signalProcess(target, stopSignal);
  signalProcess(target, 'SIGCONT');
  if (await until(() => !isAlive(target), { withinMs: STOP_WITHIN_MS })) return;
  signalProcess(target, 'SIGKILL');
  await until(() => !isAlive(target), { withinMs: STOP_WITHIN_MS });
}
