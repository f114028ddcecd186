// What one reads once everything runs: where to look, and what to try next.
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

import { DEFAULT_HTTP_PORT } from './options.js';

/**
 * @param {import('./options.js').UpOptions} options
 * @param {NodeJS.ProcessEnv} env
 * @returns {string[]} lines
 */
export function whatNext({ port, data, fresh }, env) {
  const url = `http://127.0.0.1:${port}`;
  return [
    '',
    `Unbroken is ready at ${url}`,
    `  look    ${url}/  in a browser: every parcel, live`,
    ...(port === DEFAULT_HTTP_PORT ? [] : [`  first   export UNBROKEN_HUB=${url}  in the terminal in which you try`]),
    '  try     npx unbroken incident cd       the story of two CDs in four tellings, told against this machine',
    '          npx unbroken alerts --follow   every alarm as it comes',
    '          README.md, "Your own parcel"   two parties, a courier, and every hand-off signed',
    `  logs    ${data}/log/`,
    '  stop    Ctrl-C; everything recorded is kept for the next start',
    ...(fresh ? orphanedKeys(env) : []),
  ];
}

/** Keys outlive the hub they were enrolled with. @param {NodeJS.ProcessEnv} env */
function orphanedKeys(env) {
  const keys = join(env['UNBROKEN_HOME'] || join(homedir(), '.unbroken'), 'keys');
  if (!existsSync(keys) || readdirSync(keys).length === 0) return [];
  return [
    '',
    `The keys in ${keys} are not known here any more. To go on with them: npx unbroken party establish,`,
    'then npx unbroken party enrol KEY for each (npx unbroken keys list); or begin anew with another --home.',
  ];
}
