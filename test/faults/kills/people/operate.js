// The operator's commands (services/standalone/src/operate.ts), as one runs them beside the services.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { repository } from '../../../../deploy/local/set-up/repository.js';

const program = join(repository, 'services', 'standalone', 'dist', 'operate.js');

/**
 * How one is started.
 * @param {import('./house.js').PeopleHouse} house @param {readonly string[]} args @param {readonly string[]} under what it runs under
 */
export function operate(house, args, under = []) {
  const [command = '', ...rest] = [...under, process.execPath, program, ...args];
  return { command, args: rest, env: house.services.part.launch().env };
}

/** The command as a process to be killed; under strace where it is to die in a system call. */
export class Operating {
  /** @type {import('node:child_process').ChildProcess | undefined} */
  #child;
  /** @type {string | undefined} */
  ended;

  /** @param {import('./house.js').PeopleHouse} house @param {readonly string[]} args @param {readonly string[]} under what it runs under */
  constructor(house, args, under = []) {
    this.launch = operate(house, args, under);
    this.command = args[0];
  }

  spawn() {
    const { command, args, env } = this.launch;
    this.#child = spawn(command, args, { env, stdio: 'ignore' });
    this.#child.once('exit', (code) => {
      if (code !== null) this.ended = `${this.command} ended by itself: exit code ${code}`;
    });
  }

  get pid() {
    return this.#child?.pid ?? 0;
  }

  async gone() {
    if (this.#child !== undefined && this.#child.exitCode === null && this.#child.signalCode === null)
      await once(this.#child, 'exit');
  }

  async kill() {
    const gone = this.gone();
    this.#child?.kill('SIGKILL');
    await gone;
  }
}

/** The command to its end. @param {import('./house.js').PeopleHouse} house @param {readonly string[]} args */
export async function ended(house, args) {
  const operating = new Operating(house, args);
  operating.spawn();
  await operating.gone();
  if (operating.ended !== `${args[0]} ended by itself: exit code 0`)
    throw new Error(`${args.join(' ')}: ${operating.ended}`);
}

/** What the audit finds. @param {import('./house.js').PeopleHouse} house @returns {Promise<string[]>} */
export async function audited(house) {
  const { command, args, env } = operate(house, ['audit', '--json']);
  const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  for await (const part of child.stdout.setEncoding('utf8')) said += part;
  const { result, faults } = JSON.parse(said);
  return result === 'clean' ? [] : faults.map((/** @type {object} */ fault) => `the audit: ${JSON.stringify(fault)}`);
}
