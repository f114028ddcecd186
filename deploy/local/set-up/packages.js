// Installs the npm packages when they are not the ones package-lock.json names. Contents are compared, not times: a
// checkout or a copy changes times, and `npm install` writes its two records in either order. The record alone is not
// believed: a copy that took the root's node_modules along and a workspace's not has it too.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { mustRun } from './command.js';
import { repository } from './repository.js';
import { SetUpError } from './set-up-error.js';

/**
 * @typedef {{ version?: string, integrity?: string, link?: boolean, optional?: boolean, peer?: boolean }} LockedPackage
 * @typedef {{ packages?: Record<string, LockedPackage> }} Lock
 */

/**
 * `npm ci` is not used: it refuses a lock made where other systems' binaries could not be had. What was installed is
 * compared with the lock afterwards instead.
 * @returns {Promise<string>} what was done
 * @throws {SetUpError} command.failed
 */
export async function installPackages() {
  if (packagesAreInstalled()) return 'in place';
  await mustRun('npm', ['install', '--no-save', '--include=dev', '--no-audit', '--no-fund']);
  if (packagesAreInstalled()) return 'installed';
  throw new SetUpError(
    'command.failed',
    'npm installed other packages than package-lock.json names: run npm install, and commit the package-lock.json it writes.',
  );
}

function packagesAreInstalled() {
  const wanted = readLock(join(repository, 'package-lock.json'));
  const present = readLock(join(repository, 'node_modules', '.package-lock.json'));
  return isInstalled(wanted, present, (path) => existsSync(join(repository, path, 'package.json')));
}

/**
 * Whether all packages the lock names are there in the named version, those of each workspace too. Optional ones may be
 * left out: they are other systems' binaries.
 * @param {Lock} wanted package-lock.json
 * @param {Lock} present node_modules/.package-lock.json
 * @param {(path: string) => boolean} isThere whether a package lies below this path of the checkout
 */
export function isInstalled(wanted, present, isThere) {
  return Object.entries(wanted.packages ?? {})
    .filter(([path, locked]) => path.includes('node_modules/') && locked.optional !== true)
    .every(([path, locked]) => {
      const there = present.packages?.[path];
      const isNamed = there !== undefined && there.version === locked.version && there.integrity === locked.integrity;
      return isNamed && isThere(path);
    });
}

/**
 * @param {string} file
 * @returns {Lock} empty when there is none
 */
function readLock(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return {};
    throw error;
  }
}
