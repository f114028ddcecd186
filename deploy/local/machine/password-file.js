// Passwords live in files that only their owner can read, one per role, made once and kept.
import { randomBytes } from 'node:crypto';
import { chmodSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The role's password; a random one is made when there is none yet.
 * @param {string} folder
 * @param {string} role
 * @returns {string} 32 characters of base64url
 */
export function passwordFile(folder, role) {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, role);
  const own = `${file}.${process.pid}.part`;
  writeFileSync(own, randomBytes(24).toString('base64url'), { mode: 0o600, flush: true });
  try {
    // link(2) never replaces: of two processes one makes the password and both read it.
    linkSync(own, file);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
  } finally {
    rmSync(own, { force: true });
  }
  chmodSync(file, 0o600);
  return readFileSync(file, 'utf8').trim();
}
