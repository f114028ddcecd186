// One Jest run and the real servers it uses. Each run has a folder under .unbroken/test; the process that owns the run
// is named in it, so that what a killed run left is found and ended by the next.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { defaultState } from '../set-up/repository.js';
import { SetUpError } from '../set-up/set-up-error.js';
import { claim, readClaim } from '../supervise/claim.js';
import { isAlive } from '../supervise/process-identity.js';
import { stopKept } from './kept-server.js';

const allRuns = join(defaultState, 'test');
/** How the workers learn of the folder; not UNBROKEN_…, so that services started by tests do not refuse it. */
const FOLDER_NAME = 'TEST_RUN_FOLDER';
const OWNER = 'owner.claim';
/** Names the folder of the run's temporary files, outside this one: names of sockets must be short. */
const TEMPORARY = 'temporary';

/** Opens a run for this process. Starts no server: the first test that wants one does. */
export async function openTestRun() {
  await closeDeadRuns();
  const folder = join(allRuns, `${new Date().toISOString().replaceAll(/[:.]/g, '-')}-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  claim(join(folder, OWNER));
  const temporary = mkdtempSync(join(tmpdir(), 'unbroken-test-'));
  writeFileSync(join(folder, TEMPORARY), temporary);
  process.env['TMPDIR'] = temporary;
  process.env[FOLDER_NAME] = folder;
}

/** Stops what the run of this process started, and removes its folder. */
export async function closeTestRun() {
  await closeRun(testRunFolder());
}

/** Stops what runs that were killed have left. */
export async function closeDeadRuns() {
  if (!existsSync(allRuns)) return;
  for (const name of readdirSync(allRuns)) {
    const folder = join(allRuns, name);
    const owner = readClaim(join(folder, OWNER));
    if (owner !== undefined && !isAlive(owner)) await closeRun(folder);
  }
}

/**
 * @returns {string} the folder of the run this process belongs to
 * @throws {SetUpError} test-run.missing
 */
export function testRunFolder() {
  const folder = process.env[FOLDER_NAME];
  if (folder) return folder;
  throw new SetUpError(
    'test-run.missing',
    'No test run is open: Jest needs globalSetup and globalTeardown of deploy/local/test-run in its configuration.',
  );
}

/** @returns {import('../supervise/process-identity.js').ProcessIdentity} the process the run belongs to */
export function testRunOwner() {
  const owner = readClaim(join(testRunFolder(), OWNER));
  if (owner) return owner;
  throw new SetUpError('test-run.missing', `The test run ${testRunFolder()} has ended: start the tests again.`);
}

/** @param {string} folder */
async function closeRun(folder) {
  const servers = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  await Promise.all(servers.map(({ name }) => stopKept(join(folder, name))));
  const temporary = join(folder, TEMPORARY);
  if (existsSync(temporary)) rmSync(readFileSync(temporary, 'utf8'), { recursive: true, force: true });
  rmSync(folder, { recursive: true, force: true });
}
