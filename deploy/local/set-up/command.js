// Runs one command of the set-up to its end. What it prints is kept, and shown only when it fails. Each runs in a
// process group of its own, so that stopping reaches everything it started.
import { spawn } from 'node:child_process';

import { repository } from './repository.js';
import { SetUpError } from './set-up-error.js';

/** Environment of every command: Nx neither starts a daemon nor talks to a cloud. */
const quietTools = { NX_DAEMON: 'false', NX_NO_CLOUD: 'true', NX_TUI: 'false' };

/** @type {Set<number>} process groups of the commands that run now */
const running = new Set();

/**
 * @typedef {object} CommandEnd
 * @property {number} code the exit code; 128 + n after signal n is reported as 1
 * @property {string} output standard output and error as they came, empty when streamed
 * @property {string} answer standard output alone, empty when streamed
 */

/**
 * Runs a command in the checkout's root.
 * @param {string} command
 * @param {string[]} args
 * @param {{ stream?: boolean, env?: NodeJS.ProcessEnv }} [how] stream: its output goes straight to the console
 * @returns {Promise<CommandEnd>} also when it fails
 * @throws {SetUpError} command.failed when there is no such program
 */
export function run(command, args, how = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: repository,
      env: { ...process.env, ...quietTools, ...how.env },
      stdio: ['ignore', how.stream ? 'inherit' : 'pipe', how.stream ? 'inherit' : 'pipe'],
      detached: true,
    });
    const group = child.pid;
    if (group !== undefined) running.add(group);
    /** @type {Buffer[]} */
    const output = [];
    /** @type {Buffer[]} */
    const answer = [];
    child.stdout?.on('data', (chunk) => {
      output.push(chunk);
      answer.push(chunk);
    });
    child.stderr?.on('data', (chunk) => output.push(chunk));
    child.once('error', (error) =>
      reject(new SetUpError('command.failed', `${command} could not be started: ${error.message}.`)),
    );
    child.once('close', (code) => {
      if (group !== undefined) running.delete(group);
      const text = (/** @type {Buffer[]} */ chunks) => Buffer.concat(chunks).toString('utf8');
      resolve({ code: code ?? 1, output: text(output), answer: text(answer) });
    });
  });
}

/**
 * Runs a command that must succeed.
 * @param {string} command
 * @param {string[]} args
 * @returns {Promise<string>} its output
 * @throws {SetUpError} command.failed, with its output
 */
export async function mustRun(command, args) {
  const { code, output } = await run(command, args);
  if (code === 0) return output;
  throw new SetUpError('command.failed', `${[command, ...args].join(' ')} failed (exit code ${code}):\n${output}`);
}

/** Ends the commands that still run, with everything they started. */
export function endCommands() {
  for (const group of running) {
    try {
      process.kill(-group, 'SIGTERM');
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH') throw error;
    }
  }
}
