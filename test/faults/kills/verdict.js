// What must hold however often anything was killed: every accepted token is in the log once and nothing else is, the log is
// whole, its tree is the one that its entries make, every checkpoint ever shown or kept is of that tree, everybody behind
// the ledger has heard all of it, and no outbox holds anything back.
import { setTimeout as pause } from 'node:timers/promises';
import { lastCheckpoint, servedLogs, signedAt } from '../../conformance/served-logs.js';
import { heardEntries } from './heard-entries.js';
import { notRecorded } from './not-recorded.js';
import { allEntries, differingTiles, treeOf } from './whole-log.js';

const SETTLES_WITHIN_MS = 60_000;

/**
 * @param {import('../../bench/ground.js').Ground} house everything in it running again
 * @param {{ ledger: string, intakes: readonly string[] }} running the ledger's address, and the services that take tokens
 * @param {object} run
 * @param {readonly { token: string }[]} run.tokens what must be recorded
 * @param {readonly { token: string }[]} run.refused what must be in quarantine
 * @param {import('./seen-checkpoints.js').SeenCheckpoints} run.seen
 * @param {string} run.access an auditor's
 */
export async function verdict(house, { ledger, intakes }, { tokens, refused, seen, access }) {
  const { custody, registry } = await servedLogs(ledger);
  const settled = await Promise.race([
    signedAt(custody, tokens.length).then(() => true),
    pause(SETTLES_WITHIN_MS, false),
  ]);
  const { size } = await lastCheckpoint(custody);
  const faults = settled ? [] : [`${size} of ${tokens.length} tokens are signed after ${SETTLES_WITHIN_MS / 1000} s`];
  faults.push(...(await heldBack(house, intakes)));

  await seen.lookInside();
  const { entries, ...ofCustody } = await stoodBy(custody, size, seen, access);
  const ofRegistry = await stoodBy(registry, (await lastCheckpoint(registry)).size, seen, access);
  faults.push(...notExactly(entries, tokens), ...ofCustody.faults, ...ofRegistry.faults);
  const heard = await heardEntries(house.brokers, entries);
  faults.push(...heard.faults, ...(await notRecorded(house, refused)));
  return { entries: entries.length, checkpoints: ofCustody.checkpoints, heardAgain: heard.repeated, faults };
}

/**
 * A log's entries, and whether its tiles and all its checkpoints are of the tree that they make.
 * @param {import('../../conformance/served-logs.js').ServedLog} log @param {number} size
 * @param {import('./seen-checkpoints.js').SeenCheckpoints} seen @param {string} access
 */
async function stoodBy({ url, origin }, size, seen, access) {
  const entries = await allEntries(url, size, access);
  const checkpoints = seen.of(origin);
  const { roots, hashes } = treeOf(entries, new Set(checkpoints.map((checkpoint) => checkpoint.size)));
  const faults = checkpoints
    .filter((checkpoint) => !roots.get(checkpoint.size)?.equals(checkpoint.root))
    .map((checkpoint) => `a checkpoint of ${checkpoint.size} entries of ${origin} is of another tree`);
  const differing = await differingTiles(url, hashes);
  faults.push(...differing.map((path) => `${path} of ${origin} is not what the entries make`));
  return { entries, checkpoints: checkpoints.length, faults };
}

/** @param {readonly Uint8Array[]} entries @param {readonly { token: string }[]} tokens */
function notExactly(entries, tokens) {
  const recorded = entries.map((entry) => Buffer.from(entry).toString('latin1').split('\n')[1] ?? '');
  const once = new Set(recorded);
  const lost = tokens.filter(({ token }) => !once.has(token)).length;
  const posted = new Set(tokens.map(({ token }) => token));
  const faults = [];
  if (lost > 0) faults.push(`${lost} tokens are lost`);
  if (once.size !== recorded.length) faults.push(`${recorded.length - once.size} tokens are doubled`);
  if (recorded.some((token) => !posted.has(token))) faults.push('something is recorded that nobody posted');
  return faults;
}

/** @param {import('../../bench/ground.js').Ground} house @param {readonly string[]} services @returns {Promise<string[]>} */
async function heldBack(house, services) {
  const end = performance.now() + SETTLES_WITHIN_MS;
  for (;;) {
    const left = [];
    for (const service of services) {
      const [row] = await house.query(`SELECT count(*) AS rows FROM ${service}.outbox`);
      if (Number(row?.['rows']) > 0) left.push(`${row?.['rows']} rows are left in the outbox of ${service}`);
    }
    const [behind] = await house.query(
      `SELECT logs.size - publications.published AS entries FROM ledger.logs, ledger.publications
       WHERE logs.name = publications.log AND name = 'custody/0'`,
    );
    if (Number(behind?.['entries']) > 0) left.push(`${behind?.['entries']} entries are not published`);
    if (left.length === 0 || performance.now() > end) return left;
    await pause(100);
  }
}
