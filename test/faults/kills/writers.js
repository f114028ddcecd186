// Two ledgers at once: the writer is paused (SIGSTOP) at an unfortunate moment, the other one takes over and writes, and the
// paused one wakes up. It must do no harm, and must stand by.
//
// Postgres keeps a paused writer's lock for as long as its connection lives, so somebody has to end that connection: here
// the test does, as an administrator would, or a failover of the database.
import { setTimeout as pause } from 'node:timers/promises';
import { HeldWrite } from './held-write.js';
import { Killable } from './killable.js';
import { scene } from './scene.js';
import { signalIn, straceMissing } from './signal-in-call.js';

const PORTION = 220;
const LOOK_EVERY_MS = 20;

/** @typedef {import('./scene.js').Scene & { writer: Killable, more: () => void }} Round */

/**
 * Each pauses the writer and ends its claim on the role; what it answers is done once the other has taken over.
 * @type {Readonly<Record<string, (round: Round) => Promise<() => Promise<void>>>>}
 */
const pauses = {
  'between two batches': async ({ house, writer, more }) => {
    more();
    writer.signal('SIGSTOP');
    await endConnections(house, 'holding the lock');
    return async () => undefined;
  },
  'in its transaction': async ({ house, writer, more }) => {
    const held = await HeldWrite.set(house.adminUrl, { table: 'ledger.entries', on: 'INSERT', at: 'statement' });
    more();
    await held.reached(() => undefined);
    writer.signal('SIGSTOP');
    await held.release();
    await endConnections(house, 'all');
    await held.undo();
    return async () => undefined;
  },
  'before it stores a checkpoint': async ({ house, writer, more }) => {
    const held = await HeldWrite.set(house.adminUrl, {
      table: 'ledger.checkpoints',
      on: 'INSERT OR UPDATE',
      at: 'statement',
    });
    more();
    await held.reached(() => undefined);
    writer.signal('SIGSTOP');
    await endConnections(house, 'holding the lock');
    // The statement is on its way already: it is let go when the other's checkpoint would be there, were it not held too.
    return () => held.allow();
  },
  'before a checkpoint’s file has its name': async ({ house, writer, more }) => {
    const detach = await signalIn(writer.pid, 'rename,renameat,renameat2', 'STOP');
    more();
    await writer.stopped();
    await detach();
    writer.signal('SIGSTOP');
    await endConnections(house, 'holding the lock');
    return async () => undefined;
  },
};

/** @param {{ data?: string }} options */
export async function run({ data }) {
  const missing = await straceMissing();
  const rounds = Object.entries(pauses).filter(([what]) => !(missing && what.includes('file')));
  if (missing !== undefined) console.error(`NOT CHECKED: a pause in a system call, for ${missing}.`);
  return scene({ tokens: PORTION * (3 * rounds.length + 1), data }, async (parts) => {
    const { house, ledger, load } = parts;
    const second = await Killable.start(house, 'ledger', 'second-ledger');
    parts.seen.alsoAt(second.url);
    let leave = 0;
    const more = () => load.leave((leave += PORTION));
    let [writer, other] = [ledger, second];
    for (const [what, paused] of rounds) {
      more();
      await recorded(house, leave);
      const epoch = await epochOf(house);
      const wokenUp = await paused({ ...parts, writer, more });
      while ((await epochOf(house)) === epoch) await pause(LOOK_EVERY_MS);
      await wokenUp();
      more();
      await recorded(house, leave);
      writer.signal('SIGCONT');
      await Promise.all([writer.ready(), other.ready()]);
      for (const one of [writer, other]) if (one.ended !== undefined) throw new Error(one.ended);
      console.log(`paused: ${what}; the other has taken over, and the first is back as a standby`);
      [writer, other] = [other, writer];
    }
    await second.stop();
    return { rounds: rounds.length };
  });
}

/** Of the ledger's. @param {import('../../bench/ground.js').Ground} house @param {'all' | 'holding the lock'} which */
async function endConnections(house, which) {
  await house.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'unbroken_ledger'
       AND ($1 OR pid IN (SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted))`,
    [which === 'all'],
  );
}

/** @param {import('../../bench/ground.js').Ground} house */
async function epochOf(house) {
  const [row] = await house.query('SELECT max(epoch) AS epoch FROM ledger.logs');
  return Number(row?.['epoch']);
}

/** @param {import('../../bench/ground.js').Ground} house @param {number} count */
async function recorded(house, count) {
  for (;;) {
    const [row] = await house.query(`SELECT size FROM ledger.logs WHERE name = 'custody/0'`);
    if (Number(row?.['size']) >= count) return;
    await pause(LOOK_EVERY_MS);
  }
}
