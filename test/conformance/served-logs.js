// The two logs of a running system, filled with as many entries as a check wants, and where they are served.
import { setTimeout as pause } from 'node:timers/promises';
import { longestAccessSeconds, mintAccess } from '@unbroken/tokens';
import { HANDOFFS_PER_CHAIN } from '../bench/backlog.js';
import { benchParty } from '../bench/parties.js';

const PER_POST = 500;
const PER_CHAIN = 2 * HANDOFFS_PER_CHAIN + 1;
const AT_ONCE = 4;
/** A party that establishes itself, is admitted and enrols a device. */
const PER_PARTY = 3;

/** @typedef {{ origin: string, url: string, vkey: string }} ServedLog */

/** @param {string} url of the system @returns {Promise<{ registry: ServedLog, custody: ServedLog }>} */
export async function servedLogs(url) {
  const { logs } = /** @type {{ logs: { origin: string, vkey: string }[] }} */ (
    await (await fetch(`${url}/ledger/v1/trust`)).json()
  );
  const served = (/** @type {'registry' | 'custody'} */ name) => {
    const log = logs.find(({ origin }) => origin.split('/')[1] === name);
    if (log === undefined) throw new Error(`the trust policy names no ${name} log`);
    return { ...log, url: `${url}/ledger/log/${name}/` };
  };
  return { registry: served('registry'), custody: served('custody') };
}

/**
 * An auditor, established for it.
 * @param {string} url of the system
 * @returns {Promise<() => Promise<string>>} what shows, for an hour from then on, that they ask
 */
export async function auditorOf(url) {
  const { id: iss, device } = await benchParty(url, 'auditor', 'auditor');
  const { deployment: aud } = /** @type {{ deployment: string }} */ (
    await (await fetch(`${url}/ledger/v1/trust`)).json()
  );
  return () => {
    const iat = Math.floor(Date.now() / 1000);
    return mintAccess({ iss, aud, scope: 'log.entries', iat, exp: iat + longestAccessSeconds }, device);
  };
}

/** The log's last checkpoint. @param {Pick<ServedLog, 'url'>} log @returns {Promise<{ size: number, note: string }>} size 0 and no note before the first */
export async function lastCheckpoint({ url }) {
  const answer = await fetch(`${url}checkpoint`);
  const note = answer.ok ? await answer.text() : '';
  return { size: Number(note.split('\n')[1] ?? 0), note };
}

/** Waits until so many entries are signed. @param {Pick<ServedLog, 'url'>} log @param {number} size */
export async function signedAt(log, size) {
  while ((await lastCheckpoint(log)).size < size) await pause(20);
}

/** Parties until the registry log has at least so many entries. @param {string} url @param {number} entries */
export async function fillRegistry(url, entries) {
  const names = Array.from({ length: Math.ceil(entries / PER_PARTY) }, (_, no) => `filler-${no}`).values();
  const worker = async () => {
    for (const name of names) await benchParty(url, name, 'receiver');
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

/** Whole chains of parcels, at least so many tokens. @param {import('../bench/backlog.js').Backlog} backlog @param {number} entries */
export function chainsOf(backlog, entries) {
  const { open, tokens } = backlog.register(Math.ceil(entries / PER_CHAIN));
  return [...tokens, ...backlog.handOffs(open)];
}

/** Over HTTP, as a device posts what it has collected. @param {string} url @param {readonly { token: string }[]} tokens */
export async function postAll(url, tokens) {
  for (let at = 0; at < tokens.length; at += PER_POST) {
    const body = JSON.stringify({ tokens: tokens.slice(at, at + PER_POST).map(({ token }) => token) });
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${url}/courier/v1/tokens`, { method: 'POST', headers, body });
    if (answer.status !== 202) throw new Error(`${answer.status}: ${await answer.text()}`);
  }
}
