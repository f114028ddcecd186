// What must hold of tokens that are not recorded, however often anything was killed: nothing waits whose key is known, every
// refused token is in quarantine once, and was told.
import { createHash } from 'node:crypto';
import kafkajs from 'kafkajs';
import { readToEnd } from './heard-entries.js';

/**
 * @param {import('../../bench/ground.js').Ground} house
 * @param {readonly { token: string }[]} refused
 * @returns {Promise<string[]>} what is wrong
 */
export async function notRecorded(house, refused) {
  const faults = [];
  const [waiting] = await house.query('SELECT count(*) AS rows FROM ledger.parked');
  if (waiting?.['rows'] !== '0') faults.push(`${waiting?.['rows']} tokens wait for a key that is known`);
  const wanted = new Set(refused.map(({ token }) => hashOf(Buffer.from(token))));
  const rows = await house.query(`SELECT encode(hash, 'hex') AS hash FROM ledger.refused`);
  const kept = new Set(rows.map(({ hash }) => hash ?? ''));
  if (!isSame(kept, wanted)) faults.push(`${kept.size} of ${wanted.size} tokens are in quarantine`);
  const kafka = new kafkajs.Kafka({ brokers: house.brokers.split(','), logLevel: kafkajs.logLevel.NOTHING });
  /** @type {Set<string>} */
  const told = new Set();
  await readToEnd(kafka, 'custody.refused.v1', ({ value }) => told.add(hashOf(value ?? Buffer.alloc(0))));
  if (!isSame(told, wanted)) faults.push(`${told.size} of ${wanted.size} refusals were told`);
  return faults;
}

/** @param {Uint8Array} bytes */
const hashOf = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** @param {ReadonlySet<string>} a @param {ReadonlySet<string>} b */
const isSame = (a, b) => a.size === b.size && [...a].every((one) => b.has(one));
