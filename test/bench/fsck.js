// Tessera's fsck over HTTP on both logs of a running system, as large as one asks for: how long it takes, and that it finds
// them sound. The program is built if it is not there; without Go nothing is checked, and that is said.
import { fsck, independentPrograms } from '../conformance/independent.js';
import { auditorOf, chainsOf, fillRegistry, lastCheckpoint, servedLogs, signedAt } from '../conformance/served-logs.js';
import { Backlog, post } from './backlog.js';
import { ground } from './ground.js';

/** So many tokens are signed in advance at a time. */
const PORTION = 20_000;

/** @param {{ tokens?: string, registry?: string }} options entries of the custody log, and of the registry log */
export async function run({ tokens = '100000', registry = '1000' }) {
  const { folder, missing } = await independentPrograms({ build: true });
  if (folder === undefined) {
    console.error(`NOT CHECKED: ${missing}.`);
    return { skipped: missing };
  }
  const house = await ground();
  try {
    const { services: url = '' } = await house.start('services');
    const logs = await servedLogs(url);
    await filled(house.brokers, url, logs, { custody: Number(tokens), registry: Number(registry) });
    const access = await (await auditorOf(url))();
    const custody = await timed(folder, logs.custody, access);
    const ofRegistry = await timed(folder, logs.registry, access);
    console.table({ custody, registry: ofRegistry });
    if (!custody.isSound || !ofRegistry.isSound) process.exitCode = 1;
    return { custody, registry: ofRegistry };
  } finally {
    await house.stop();
  }
}

/** @typedef {import('../conformance/served-logs.js').ServedLog} ServedLog */

/**
 * @param {string} brokers
 * @param {string} url
 * @param {{ custody: ServedLog, registry: ServedLog }} logs
 * @param {{ custody: number, registry: number }} entries
 */
async function filled(brokers, url, logs, entries) {
  const backlog = await Backlog.parties(url);
  await fillRegistry(url, entries.registry);
  let posted = 0;
  while (posted < entries.custody) {
    const tokens = chainsOf(backlog, Math.min(PORTION, entries.custody - posted));
    await post(brokers, tokens);
    posted += tokens.length;
    await signedAt(logs.custody, posted);
  }
  await signedAt(logs.registry, entries.registry);
}

/** @param {string} folder @param {ServedLog} log @param {string} access */
async function timed(folder, log, access) {
  const { size: signed } = await lastCheckpoint(log);
  const begun = performance.now();
  const { size, told } = await fsck(folder, log, access);
  const seconds = (performance.now() - begun) / 1000;
  if (size !== signed) console.error(told);
  return { entries: signed, isSound: size === signed, seconds: Number(seconds.toFixed(1)) };
}
