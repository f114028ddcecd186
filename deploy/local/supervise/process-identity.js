// Tells a process we started from a stranger that got its number later: a number together with the moment of birth
// names one process until the machine restarts, and the boot's id tells machines' runs apart.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/**
 * @typedef {object} ProcessIdentity
 * @property {number} pid
 * @property {string} born opaque: equal for the same process, different for any other
 * @property {string} command its command line, for people
 */

/**
 * @param {number} pid
 * @returns {ProcessIdentity | undefined} undefined when no such process runs (a zombie does not)
 */
export function identify(pid) {
  return existsSync('/proc/self/stat') ? identifyByProc(pid) : identifyByPs(pid);
}

/** @param {ProcessIdentity} process as it was recorded */
export function isAlive(process) {
  return identify(process.pid)?.born === process.born;
}

/**
 * Sends a signal to that very process; nothing happens when it has ended, whoever has its number now.
 * @param {ProcessIdentity} target
 * @param {NodeJS.Signals} signal
 */
export function signalProcess(target, signal) {
  if (!isAlive(target)) return;
  try {
    process.kill(target.pid, signal);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH') throw error;
  }
}

/** proc(5): the fields after the name in parentheses are state (0) … start time in ticks since boot (19). @param {number} pid */
function identifyByProc(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    return { pid, born: `${boot}:${fields[19]}`, command };
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    if (code === 'ENOENT' || code === 'ESRCH') return undefined;
    throw error;
  }
}

/** For systems without /proc. @param {number} pid */
function identifyByPs(pid) {
  try {
    const line = execFileSync('ps', ['-o', 'lstart=', '-o', 'args=', '-p', String(pid)], {
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'C' },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const DATE_LENGTH = 24;
    return { pid, born: line.slice(0, DATE_LENGTH), command: line.slice(DATE_LENGTH).trim() };
  } catch (error) {
    if (/** @type {{ status?: unknown }} */ (error).status === 1) return undefined;
    throw error;
  }
}
