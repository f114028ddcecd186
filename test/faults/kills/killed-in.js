// A process killed in exactly one durable write of its, after which it is decided what becomes of the write.
import { HeldWrite } from './held-write.js';
import { signalIn } from './signal-in-call.js';

/**
 * @typedef {object} Cut
 * @property {import('./held-write.js').Write} [write]
 * @property {string} [calls] system calls in place of a write to the database
 * @property {'undone' | 'done'} becomes of the write
 * @property {boolean} [starting] it comes while the process starts
 *
 * @typedef {Pick<import('./killable.js').Killable, 'pid' | 'ended' | 'gone' | 'kill' | 'spawn'>} Victim
 */

export const onInsert = (/** @type {string} */ table) => ({
  table,
  on: 'INSERT',
  at: /** @type {const} */ ('statement'),
});
export const inCommit = (/** @type {string} */ table) => ({ table, on: 'INSERT', at: /** @type {const} */ ('commit') });

/** @param {string} adminUrl @param {Victim} victim @param {Cut} cut @param {() => void} work gives it something to write */
export async function killedIn(adminUrl, victim, { write, calls, becomes, starting }, work) {
  if (write === undefined) {
    const gone = victim.gone();
    await signalIn(victim.pid, calls ?? '', 'KILL');
    work();
    return gone;
  }
  if (starting) await victim.kill();
  const held = await HeldWrite.set(adminUrl, write);
  if (starting) victim.spawn();
  work();
  await held.reached(() => {
    if (victim.ended !== undefined) throw new Error(victim.ended);
  });
  await victim.kill();
  await (becomes === 'undone' ? held.undo() : held.allow());
}
