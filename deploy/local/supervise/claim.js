// One process at a time: a file that names its holder, taken in one step of the file system. A holder that has ended
// holds nothing, so that nobody needs to clean up after a kill -9.
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

import { identify, isAlive } from './process-identity.js';

/** @typedef {import('./process-identity.js').ProcessIdentity} ProcessIdentity */

/**
 * Takes the claim for this process.
 * @param {string} file
 * @returns {ProcessIdentity | undefined} the living holder when there is one; undefined when the claim is now ours
 */
export function claim(file) {
  mkdirSync(dirname(file), { recursive: true });
  const own = `${file}.${process.pid}`;
  writeFileSync(own, JSON.stringify(identify(process.pid)));
  try {
    for (;;) {
      if (link(own, file)) return undefined;
      const holder = readClaim(file);
      if (holder !== undefined && isAlive(holder)) return holder;
      if (holder !== undefined) removeDead(file, holder);
    }
  } finally {
    rmSync(own, { force: true });
  }
}

/** Gives the claim back. @param {string} file */
export function release(file) {
  if (readClaim(file)?.pid === process.pid) rmSync(file, { force: true });
}

/**
 * @param {string} file
 * @returns {ProcessIdentity | undefined} who holds or held it
 */
export function readClaim(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** @param {string} from @param {string} to */
function link(from, to) {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false;
    throw error;
  }
}

/**
 * Somebody else may have removed the dead holder's claim and taken it just now: what was moved aside is looked at, and
 * a living holder's claim is put back.
 * @param {string} file @param {ProcessIdentity} dead
 */
function removeDead(file, dead) {
  const aside = `${file}.${process.pid}.dead`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return;
    throw error;
  }
  if (readClaim(aside)?.born !== dead.born) link(aside, file);
  rmSync(aside, { force: true });
}
