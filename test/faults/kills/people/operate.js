// The operator's commands (services/standalone/src/operate.ts), as one runs them beside the services.
import { spawn } from 'node:child_process';
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

/** What the audit finds. @param {import('./house.js').PeopleHouse} house @returns {Promise<string[]>} */
export async function audited(house) {
  const { command, args, env } = operate(house, ['audit', '--json']);
  const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  for await (const part of child.stdout.setEncoding('utf8')) said += part;
  const { result, faults } = JSON.parse(said);
  return result === 'clean' ? [] : faults.map((/** @type {object} */ fault) => `the audit: ${JSON.stringify(fault)}`);
}
