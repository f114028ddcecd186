// Programs in Go that tests run beside the system: other people's, at the versions that a committed go.mod and go.sum
// name, or small ones of ours on other people's libraries. They are built once and kept until their sources change.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { defaultState } from '@unbroken/local';

const run = promisify(execFile);

/** No other toolchain than the one that is here, and no other versions than go.mod says. */
const asItIs = { ...process.env, GOTOOLCHAIN: 'local', GOFLAGS: '-mod=readonly -trimpath -buildvcs=false' };

/**
 * @typedef {object} GoPrograms
 * @property {string} [folder] where they lie, built; undefined: they are not to be had
 * @property {string} [missing] why not, and the cure
 */

/**
 * @typedef {object} Around
 * @property {string} folder below the module, to which its go.mod leads for another one; it holds what is added to that
 * @property {string} release of the other one, which is put around what is there, as path@version
 */

/**
 * Builds nothing unless it is asked to: that needs the Go module proxy once, and a minute.
 * @param {string} module the folder of a go.mod
 * @param {readonly string[]} packages what to build
 * @param {{ build: boolean, around?: Around }} options
 * @returns {Promise<GoPrograms>}
 */
export async function goPrograms(module, packages, { build, around }) {
  const wanted = /^go (\d+)\.(\d+)/m.exec(readFileSync(join(module, 'go.mod'), 'utf8')) ?? [];
  const version = await goVersion();
  if (version === undefined || olderThan(version, wanted))
    return { missing: `there is no Go of at least ${wanted[1]}.${wanted[2]} here: install it, then ask again` };
  const folder = join(defaultState, 'test', 'go', `${basename(module)}-${digestOf(module, version.input ?? '')}`);
  if (existsSync(folder)) return { folder };
  if (!build) return { missing: 'they are not built yet: CI_GO=1 npm test builds them, in about a minute' };
  await built(module, packages, { folder, around });
  return { folder };
}

/** @param {string} module @param {readonly string[]} packages @param {{ folder: string, around: Around | undefined }} to */
async function built(module, packages, { folder, around }) {
  const making = `${folder}.${process.pid}`;
  const sources = `${making}.sources`;
  mkdirSync(making, { recursive: true });
  try {
    if (around !== undefined) await putAround(join(sources, around.folder), around.release);
    cpSync(module, sources, { recursive: true });
    await run('go', ['build', '-o', `${making}/`, ...packages], { cwd: sources, env: asItIs });
    renameSync(making, folder);
  } finally {
    for (const path of [making, sources]) rmSync(path, { recursive: true, force: true });
  }
}

/** @param {string} folder @param {string} release */
async function putAround(folder, release) {
  const { stdout } = await run('go', ['mod', 'download', '-json', release], { env: { ...asItIs, GOFLAGS: '' } });
  cpSync(JSON.parse(stdout).Dir, folder, { recursive: true });
  // Go keeps its modules read-only.
  for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' })) chmodSync(join(folder, entry), 0o755);
}

/** @returns {Promise<RegExpExecArray | undefined>} the whole, major, minor */
async function goVersion() {
  const told = await run('go', ['env', 'GOVERSION'], { env: asItIs }).catch(() => undefined);
  return /go(\d+)\.(\d+)/.exec(told?.stdout ?? '') ?? undefined;
}

/** @param {readonly string[]} version @param {readonly string[]} wanted */
function olderThan(version, wanted) {
  const [major = 0, minor = 0] = version.slice(1).map(Number);
  const [wantedMajor = 0, wantedMinor = 0] = wanted.slice(1).map(Number);
  return major < wantedMajor || (major === wantedMajor && minor < wantedMinor);
}

/** @param {string} module @param {string} version */
function digestOf(module, version) {
  const hash = createHash('sha256').update(version);
  for (const name of sourcesOf(module)) hash.update(readFileSync(join(module, name)));
  return hash.digest('hex').slice(0, 16);
}

/** @param {string} module */
const sourcesOf = (module) =>
  readdirSync(module, { recursive: true, encoding: 'utf8' })
    .filter((name) => /(\.go|go\.mod|go\.sum)$/.test(name))
    .toSorted();
