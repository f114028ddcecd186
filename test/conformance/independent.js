// The independent programs that judge our logs, and how each is asked. go/go.mod and
// go-witness/go.mod say whose they are.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { goPrograms } from '../go-programs.js';

const WORKERS = 4;

/**
 * @param {{ build: boolean }} options
 * @returns {Promise<import('../go-programs.js').GoPrograms & { witness?: string }>} folder: of fsck and checkpoint; witness:
 *   of that
 */
export async function independentPrograms(options) {
  const readers = ['github.com/transparency-dev/tessera/cmd/fsck', './checkpoint'];
  const judges = await goPrograms(join(import.meta.dirname, 'go'), readers, options);
  const around = { folder: 'merkle', release: 'github.com/transparency-dev/merkle@v0.0.2' };
  const witness = await goPrograms(join(import.meta.dirname, 'go-witness'), ['.'], { ...options, around });
  return witness.folder === undefined ? witness : { ...judges, witness: witness.folder };
}

/**
 * @typedef {object} Fscked
 * @property {number | undefined} size entries of the log that were found sound; undefined: it is not sound
 * @property {string} told what the program said
 */

/**
 * Tessera's fsck: reads every entry bundle, builds the tree anew, and compares it with every tile and the signed root. It
 * exits with 0 whatever it finds, so what it says is what counts.
 * @param {string} folder of the programs
 * @param {{ url: string, vkey: string }} log its address, below which checkpoint and tiles are
 * @param {string} access by which it may read entries; "" for nobody's
 * @returns {Promise<Fscked>}
 */
export async function fsck(folder, { url, vkey }, access) {
  const place = mkdtempSync(join(tmpdir(), 'unbroken-fsck-'));
  const key = join(place, 'vkey');
  writeFileSync(key, vkey);
  try {
    const args = [
      '--bearer_token',
      access,
      '--storage_url',
      url,
      '--public_key',
      key,
      '--ui=false',
      '--N',
      String(WORKERS),
    ];
    const { printed } = await ran(join(folder, 'fsck'), args);
    const size = /Successfully fsck'd log with size (\d+)/.exec(printed)?.[1];
    return { size: size === undefined ? undefined : Number(size), told: printed };
  } finally {
    rmSync(place, { recursive: true });
  }
}

/**
 * A checkpoint as golang.org/x/mod/sumdb/note reads it.
 * @param {string} folder of the programs @param {string} vkey @param {string} note
 * @returns {Promise<{ holds: boolean, told: string }>} told: `origin size root`, or what is wrong
 */
export async function goCheckpoint(folder, vkey, note) {
  const { code, printed } = await ran(join(folder, 'checkpoint'), [vkey], note);
  return { holds: code === 0, told: printed.trim() };
}

/**
 * The witness of transparency.dev, of the logs with these keys.
 * @param {string} folder of that program @param {string} name @param {readonly string[]} vkeys
 */
export async function startWitness(folder, name, vkeys) {
  const child = spawn(join(folder, 'witness'), [name, ...vkeys], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const [url, vkey] = [(await lines.next()).value, (await lines.next()).value];
  return {
    /** @type {string} */
    url,
    /** @type {string} */
    vkey,
    /** @param {string} request */
    addCheckpoint: async (request) => {
      const answer = await fetch(`${url}/add-checkpoint`, { method: 'POST', body: request });
      return { status: answer.status, type: answer.headers.get('content-type'), body: await answer.text() };
    },
    stop: async () => {
      child.stdin.end();
      await once(child, 'exit');
    },
  };
}

/** @param {string} program @param {string[]} args @param {string} [input] */
async function ran(program, args, input = '') {
  const child = spawn(program, args, { stdio: 'pipe' });
  child.stdin.end(input);
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { code, printed: out + err };
}
