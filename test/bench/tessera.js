// The ledger beside a log that only logs: a backlog of tokens recorded by the ledger alone, until the last is committed, and
// the same tokens appended to Tessera's POSIX log with its deduplication, until a checkpoint covers the last, on the same
// machine one after the other. The ledger reads them from Kafka, verifies every signature and keeps them in Postgres;
// Tessera does none of it.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { goPrograms } from '../go-programs.js';
import { HANDOFFS_PER_CHAIN } from './backlog.js';
import { drained, prepared } from './drain.js';
import { ground } from './ground.js';

/** Tessera's own, and a larger one, which syncs the disk less often. */
const BATCHES = [256, 1_000];

/** @param {{ tokens?: string }} options */
export async function run({ tokens: wanted = '100000' }) {
  const { folder, missing } = await goPrograms(join(import.meta.dirname, 'tessera'), ['.'], { build: true });
  if (folder === undefined) {
    console.error(`NOT MEASURED: Tessera, for ${missing}.`);
    return { skipped: missing };
  }
  const house = await ground();
  try {
    const chains = Math.ceil(Number(wanted) / (2 * HANDOFFS_PER_CHAIN));
    const { tokens, recordedBefore } = await prepared(house, chains, []);
    const { recordedAfter } = await drained(house, [], recordedBefore, tokens.length);
    const ours = Math.round(tokens.length / recordedAfter);
    /** @type {Record<string, number>} */
    const theirs = {};
    for (const batch of BATCHES)
      theirs[`Tessera, batches of ${batch}`] = await tessera(house.state.root, folder, tokens, batch);
    const ofTessera = Number((ours / Math.max(...Object.values(theirs))).toFixed(2));
    console.table({ 'entries/s': { ledger: ours, ...theirs } });
    console.log(`the ledger records ${ofTessera} times what Tessera appends`);
    return { tokens: tokens.length, ledgerPerSecond: ours, tesseraPerSecond: theirs, ofTessera };
  } finally {
    await house.stop();
  }
}

/** @param {string} state where Postgres keeps its own @param {string} program's folder @param {readonly { token: string }[]} tokens @param {number} batch @returns {Promise<number>} entries/s */
async function tessera(state, program, tokens, batch) {
  const place = mkdtempSync(join(state, 'tessera-'));
  try {
    const lines = join(place, 'tokens');
    writeFileSync(lines, tokens.map(({ token }) => `${token}\n`).join(''));
    const args = [join(place, 'log'), lines, String(batch)];
    const { stdout } = await promisify(execFile)(join(program, 'tessera'), args);
    const { entries, seconds } = JSON.parse(stdout);
    return Math.round(entries / seconds);
  } finally {
    rmSync(place, { recursive: true });
  }
}
