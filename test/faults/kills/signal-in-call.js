// A process killed, or stopped, as it makes a system call, from outside, by strace(1): for the files that it makes durable.
import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** @returns {Promise<string | undefined>} why strace cannot be used here, and the cure; undefined: it can */
export async function straceMissing() {
  const tried = spawn('strace', ['-o', '/dev/null', process.execPath, '--version'], { stdio: 'ignore' });
  const works = await Promise.race([
    once(tried, 'exit').then(([code]) => code === 0),
    once(tried, 'error').then(() => false),
  ]);
  return works ? undefined : 'strace is not here or may not trace: install it, and allow ptrace';
}

/**
 * Resolves when the process is watched; it gets the signal on entering the next of these calls.
 * @param {number} pid @param {string} calls as strace's option has them, e.g. `fsync`
 * @param {'KILL' | 'STOP'} signal
 * @returns {Promise<() => Promise<void>>} ends the watch, where the process is not dead
 */
export async function signalIn(pid, calls, signal) {
  const args = [
    '-f',
    '-p',
    String(pid),
    '-e',
    `trace=${calls}`,
    '-e',
    `inject=${calls}:signal=${signal}:when=1`,
    '-o',
    '/dev/null',
  ];
  const strace = spawn('strace', args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  await new Promise((resolve, reject) => {
    strace.stderr.setEncoding('utf8').on('data', (text) => {
      said += text;
      if (said.includes('attached')) resolve(undefined);
    });
    strace.once('exit', () => reject(new Error(`strace: ${said}`)));
  });
  return async () => {
    const gone = once(strace, 'exit');
    strace.kill('SIGINT');
    await gone;
  };
}
