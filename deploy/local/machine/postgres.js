// A private PostgreSQL, on 127.0.0.1 only, without Unix sockets, with passwords (SCRAM). fsync stays on: what the ledger
// has answered for must survive a power cut.
import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import pg from 'pg';

import { SetUpError } from '../set-up/set-up-error.js';
import { identify } from '../supervise/process-identity.js';
import { passwordFile } from './password-file.js';
import { takenAmong } from './ports.js';
import { postgresAccount } from './postgres-account.js';
import { postgresProgram } from './postgres-program.js';

const SUPERUSER = 'postgres';

const settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  shared_buffers: '256MB',
  max_connections: '200',
  max_wal_size: '2GB',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // After a crash Postgres first flushes every file; by one call per file system that takes a tenth of the time.
  ...(process.platform === 'linux' ? { recovery_init_sync_method: 'syncfs' } : {}),
};

/** @typedef {{ folder: string, port: number }} PostgresPlace */

/**
 * Makes the database cluster the first time, and returns what starts it.
 * @param {PostgresPlace} place
 * @returns {Promise<import('../supervise/supervised.js').Part>}
 */
export async function preparePostgres({ folder, port }) {
  const { initdb, postgres } = await postgresProgram();
  const data = join(folder, 'data');
  mkdirSync(folder, { recursive: true });
  const account = postgresAccount(data, [data, postgres]);
  if (!existsSync(data)) initialise({ folder, data, initdb, account });

  const flags = Object.entries({ ...settings, port: String(port) }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  return {
    name: 'postgres',
    launch: () => {
      forgetForeignLock(data);
      return { ...account.as(postgres, ['-D', data, ...flags]), env: environment };
    },
    ready: () => postgresAnswers(superuserUrl({ folder, port })),
    readyWithinMs: 90_000,
    evicted: () => takenAmong('PostgreSQL', [port]),
    // Fast shutdown: open transactions are rolled back, a checkpoint is written.
    stopSignal: 'SIGINT',
    stopWithinMs: 60_000,
  };
}

/** @param {PostgresPlace} place @returns {string} the superuser's URL, password included */
export function superuserUrl({ folder, port }) {
  const password = passwordFile(folder, 'superuser');
  return `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/postgres`;
}

/**
 * @param {string} url
 * @returns {Promise<boolean>} true
 * @throws when nobody answers there, or the password is wrong
 */
export async function postgresAnswers(url) {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('SELECT 1');
    return true;
  } finally {
    await client.end();
  }
}

/** Messages in English, and nothing of ours that could redirect it (PGDATA, PGPORT, …). */
const environment = { PATH: process.env['PATH'], LC_ALL: 'C' };

/**
 * Makes the cluster aside and renames it when complete: one that was cut short is made again.
 * @param {{ folder: string, data: string, initdb: string, account: import('./postgres-account.js').Account }} what
 */
function initialise({ folder, data, initdb, account }) {
  const aside = `${data}.part`;
  const password = join(folder, 'initdb-password');
  rmSync(aside, { recursive: true, force: true });
  mkdirSync(aside, { mode: 0o700 });
  writeFileSync(password, passwordFile(folder, 'superuser'), { mode: 0o600 });
  chmodSync(password, 0o600);
  if (account.owner) for (const path of [aside, password]) chownSync(path, account.owner.uid, account.owner.gid);
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const who = [`--username=${SUPERUSER}`, `--pwfile=${password}`, '--auth=scram-sha-256'];
  const { command, args, ...user } = account.as(initdb, [`--pgdata=${aside}`, ...who, ...locale, '--no-instructions']);
  const { status, stderr, error } = spawnSync(command, args, { ...user, env: environment, cwd: '/', encoding: 'utf8' });
  rmSync(password, { force: true });
  if (status !== 0) throw new SetUpError('command.failed', `initdb failed: ${error?.message ?? stderr}`);
  renameSync(aside, data);
}

/**
 * Postgres does not start while its lock file names a living process. After a restart of the machine that number can
 * belong to a stranger; a postgres of this folder is left for Postgres itself to judge.
 * @param {string} data
 */
function forgetForeignLock(data) {
  const lock = join(data, 'postmaster.pid');
  if (!existsSync(lock)) return;
  const pid = Number.parseInt(readFileSync(lock, 'utf8'), 10);
  const holder = identify(pid);
  if (holder !== undefined && !holder.command.includes(data)) rmSync(lock);
}
