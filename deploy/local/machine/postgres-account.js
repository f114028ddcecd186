// Postgres refuses to run as root. When we are root it runs as another user; nothing is added to the system for that.
import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { dirname } from 'node:path';

import { SetUpError } from '../set-up/set-up-error.js';

/**
 * @typedef {object} Account
 * @property {(command: string, args: string[]) => { command: string, args: string[], uid?: number, gid?: number }} as
 *   the same command, to be spawned so that it runs under this account
 * @property {{ uid: number, gid: number } | undefined} owner who must own the data folder; undefined: we ourselves
 */

/**
 * @param {string} dataFolder existing data stay with their owner
 * @param {string[]} paths what the account must be able to reach
 * @returns {Account}
 * @throws {SetUpError} postgres.account
 */
export function postgresAccount(dataFolder, paths) {
  if (process.getuid?.() !== 0) return { as: (command, args) => ({ command, args }), owner: undefined };
  const owner = ownerOf(dataFolder) ?? systemUser('postgres') ?? systemUser('nobody');
  if (owner === undefined || owner.uid === 0) {
    throw new SetUpError(
      'postgres.account',
      'PostgreSQL does not run as root and there is no user postgres or nobody: run as an ordinary user.',
    );
  }
  if (paths.every(othersMayEnter)) return { as: (command, args) => ({ command, args, ...owner }), owner };
  return { as: (command, args) => throughClosedFolders(owner, command, args), owner };
}

/**
 * A clone in a folder only root may enter (/root, a mktemp folder): the account keeps one of root's capabilities,
 * passing file permissions, and no other. no_setuid_fixup makes access(2), which Postgres asks about its own program,
 * respect it.
 * @param {{ uid: number, gid: number }} owner
 * @param {string} command
 * @param {string[]} args
 */
function throughClosedFolders(owner, command, args) {
  const only = '-all,+dac_override';
  const user = [`--reuid=${owner.uid}`, `--regid=${owner.gid}`, '--clear-groups'];
  const capability = [`--inh-caps=${only}`, `--ambient-caps=${only}`, `--bounding-set=${only}`];
  try {
    execFileSync('setpriv', ['--version'], { stdio: 'ignore' });
  } catch {
    throw new SetUpError(
      'postgres.account',
      `PostgreSQL does not run as root, and user ${owner.uid} may not enter ${command}: run as an ordinary user, or clone into a folder that others may enter.`,
    );
  }
  return { command: 'setpriv', args: [...user, ...capability, '--securebits=+no_setuid_fixup', command, ...args] };
}

/** @param {string} path @returns {boolean} whether every folder above it lets everybody pass */
function othersMayEnter(path) {
  const above = dirname(path);
  const open = ((statSync(above, { throwIfNoEntry: false })?.mode ?? 0o001) & 0o001) !== 0;
  return above === path || (open && othersMayEnter(above));
}

/** @param {string} folder */
function ownerOf(folder) {
  const there = statSync(folder, { throwIfNoEntry: false });
  return there && { uid: there.uid, gid: there.gid };
}

/** @param {string} name @returns {{ uid: number, gid: number } | undefined} */
function systemUser(name) {
  try {
    const id = (/** @type {string} */ which) =>
      Number(execFileSync('id', [which, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    return undefined;
  }
}
