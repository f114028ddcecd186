// A view made anew from what is recorded, between two runs of the services.
import { join } from 'node:path';

import { run } from '../set-up/command.js';
import { repository } from '../set-up/repository.js';
import { SetUpError } from '../set-up/set-up-error.js';
import { serviceEnvironment } from './services.js';

/** The operator's commands; it says itself which views there are. */
export const operatorProgram = join(repository, 'services', 'standalone', 'dist', 'operate.js');

/**
 * @param {import('./services.js').ServiceSettings} settings
 * @param {number} port
 * @param {string} view
 * @returns {Promise<string>} what was done
 * @throws {SetUpError} command.failed with what it says; running it again finishes what it began
 */
export async function rebuildView(settings, port, view) {
  const env = serviceEnvironment(settings, port);
  const { code, output } = await run(process.execPath, ['--enable-source-maps', operatorProgram, 'rebuild', view], {
    env,
  });
  if (code === 0) return `${view} is emptied, and reads everything again`;
  throw new SetUpError('command.failed', `${view} could not be rebuilt; nothing else was started:\n${output.trim()}`);
}
