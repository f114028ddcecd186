// Compiles what changed. Nx does it; but without its daemon Nx puts every output back from its cache, removing what is
// there, and whatever runs from this checkout finds its files gone for a moment: the services of another `npm run up`, a
// command, a page being loaded. So where nothing changed since the last build, Nx is not asked.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { claim, release } from '../supervise/claim.js';
import { until } from '../supervise/wait.js';
import { mustRun } from './command.js';
import { defaultState, repository } from './repository.js';
import { SetUpError } from './set-up-error.js';

const PROJECTS = ['libs', 'services', 'deploy'];
const SHARED = ['nx.json', 'package.json', 'package-lock.json', 'tsconfig.base.json'];
const NOT_SOURCES = new Set(['dist', 'node_modules']);
const OTHERS_BUILD_MS = 600_000;

/**
 * @returns {Promise<string>} what was done
 * @throws {SetUpError} command.failed with what the compiler says
 */
export async function build() {
  const held = join(defaultState, 'build.claim');
  if (!(await until(() => claim(held) === undefined, { withinMs: OTHERS_BUILD_MS })))
    throw new SetUpError(
      'command.failed',
      `Another build has been under way for ten minutes: end it, or remove ${held}.`,
    );
  try {
    return await buildAlone(join(defaultState, 'built.json'));
  } finally {
    release(held);
  }
}

/** A crash between build and record: the next one builds again. @param {string} record */
async function buildAlone(record) {
  const sources = sourcesDigest(repository);
  if (existsSync(record) && readFileSync(record, 'utf8') === sources + outputs(repository)) return 'up to date';
  await mustRun(join(repository, 'node_modules', '.bin', 'nx'), ['run-many', '-t', 'build']);
  // With the sources as they were before: what was changed meanwhile is compiled the next time.
  mkdirSync(dirname(record), { recursive: true });
  writeFileSync(record, sources + outputs(repository));
  return 'compiled';
}

/**
 * When each project's output folder was made or last changed, so that another hand's build is seen too.
 * @param {string} root of a checkout
 * @returns {string}
 */
export function outputs(root) {
  return PROJECTS.flatMap((kind) => readdirSync(join(root, kind)).map((project) => join(kind, project, 'dist')))
    .filter((dist) => existsSync(join(root, dist)))
    .map((dist) => `\n${dist} ${statSync(join(root, dist)).ctimeMs}`)
    .join('');
}

/**
 * @param {string} root of a checkout
 * @returns {string} another one when any file is another one
 */
export function sourcesDigest(root) {
  const digest = createHash('sha256');
  for (const file of [...SHARED, ...PROJECTS.flatMap((kind) => filesUnder(root, kind))])
    digest.update(`${file}\0`).update(
      createHash('sha256')
        .update(readFileSync(join(root, file)))
        .digest(),
    );
  return digest.digest('hex');
}

/** @param {string} root @param {string} folder @returns {string[]} in a fixed order */
function filesUnder(root, folder) {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return NOT_SOURCES.has(entry.name) ? [] : filesUnder(root, path);
      return entry.isFile() ? [path] : [];
    });
}
