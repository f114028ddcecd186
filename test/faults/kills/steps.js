// The ledger and an intake, each killed in every durable write of theirs, once (docs/architecture.md, "The chain of
// durability"). Where the outcome may be either, both are played: the write is rolled back with the process, and it is
// committed though the process never hears of it.
import { inCommit, killedIn, onInsert } from './killed-in.js';
import { scene } from './scene.js';
import { straceMissing } from './signal-in-call.js';
import { successionsCutOff } from './successions.js';

/**
 * @typedef {import('./killed-in.js').Cut & {
 *   what: string,
 *   service: 'courier' | 'ledger',
 *   gives?: import('./strangers.js').Lot,
 *   brief?: boolean,
 * }} Step gives: what is posted beside the load, for it to come to this write; brief: also in the tests
 */

const checkpoints = { table: 'ledger.checkpoints', on: 'INSERT OR UPDATE', at: /** @type {const} */ ('statement') };
const cursor = { table: 'ledger.publications', on: 'UPDATE', at: /** @type {const} */ ('statement') };
const epoch = { table: 'ledger.logs', on: 'UPDATE OF epoch', at: /** @type {const} */ ('statement') };
const decided = { table: 'ledger.parked', on: 'DELETE', at: /** @type {const} */ ('statement') };
const outboxRows = { table: 'courier.outbox', on: 'DELETE', at: /** @type {const} */ ('statement') };

/** @type {readonly Step[]} */
const steps = [
  {
    what: 'received, not committed',
    service: 'courier',
    write: onInsert('courier.received'),
    becomes: 'undone',
  },
  {
    what: 'received, committed unheard',
    service: 'courier',
    write: inCommit('courier.outbox'),
    becomes: 'done',
    brief: true,
  },
  {
    what: 'published, its rows still in the outbox',
    service: 'courier',
    write: outboxRows,
    becomes: 'undone',
  },
  { what: 'published, its rows deleted unheard', service: 'courier', write: outboxRows, becomes: 'done', brief: true },
  {
    what: 'entries, not committed',
    service: 'ledger',
    write: onInsert('ledger.entries'),
    becomes: 'undone',
  },
  {
    what: 'tiles, not committed',
    service: 'ledger',
    write: { ...onInsert('ledger.tiles'), on: 'UPDATE' },
    becomes: 'undone',
  },
  {
    what: 'entries, committed unheard',
    service: 'ledger',
    write: inCommit('ledger.entries'),
    becomes: 'done',
    brief: true,
  },
  { what: 'signed outside the database only', service: 'ledger', write: checkpoints, becomes: 'undone', brief: true },
  { what: 'checkpoint stored unheard', service: 'ledger', write: checkpoints, becomes: 'done' },
  { what: 'published, the cursor not moved', service: 'ledger', write: cursor, becomes: 'undone' },
  { what: 'published, the cursor moved unheard', service: 'ledger', write: cursor, becomes: 'done', brief: true },
  {
    what: 'parked, not committed',
    service: 'ledger',
    write: onInsert('ledger.parked'),
    gives: 'early',
    becomes: 'undone',
  },
  {
    what: 'parked, committed unheard',
    service: 'ledger',
    write: inCommit('ledger.parked'),
    gives: 'early',
    becomes: 'done',
    brief: true,
  },
  {
    what: 'refused, not committed',
    service: 'ledger',
    write: onInsert('ledger.refused'),
    gives: 'forged',
    becomes: 'undone',
  },
  {
    what: 'refused, committed unheard',
    service: 'ledger',
    write: inCommit('ledger.refused'),
    gives: 'forged',
    becomes: 'done',
    brief: true,
  },
  {
    what: 'what waited recorded, not committed',
    service: 'ledger',
    write: decided,
    gives: 'enrolment',
    becomes: 'undone',
    brief: true,
  },
  {
    what: 'what waited recorded, committed unheard',
    service: 'ledger',
    write: decided,
    gives: 'enrolment',
    becomes: 'done',
  },
  { what: 'the role of the writer, not taken', service: 'ledger', write: epoch, becomes: 'undone', starting: true },
  { what: 'the role of the writer, taken unheard', service: 'ledger', write: epoch, becomes: 'done', starting: true },
  { what: 'a checkpoint’s file, not synced', service: 'ledger', calls: 'fsync', becomes: 'undone' },
  {
    what: 'a checkpoint’s file, without its name',
    service: 'ledger',
    calls: 'rename,renameat,renameat2',
    becomes: 'undone',
  },
  {
    what: 'a checkpoint’s file, the older one beside it',
    service: 'ledger',
    calls: 'unlink,unlinkat',
    becomes: 'undone',
  },
];

const PER_STEP = 66;

/** @param {{ brief?: string, data?: string }} options brief: only those that the tests have */
export async function run({ brief, data }) {
  const missing = await straceMissing();
  const chosen = steps.filter((step) => (brief === undefined || step.brief) && !(missing && step.calls));
  if (missing !== undefined) console.error(`NOT CHECKED: kills in system calls, for ${missing}.`);
  const played = await scene(
    { tokens: PER_STEP * chosen.length, data },
    async ({ house, courier, ledger, load, strangers, seen }) => {
      for (const [before, step] of chosen.entries()) {
        await Promise.all([courier.ready(), ledger.ready()]);
        const victim = step.service === 'ledger' ? ledger : courier;
        await killedIn(house.adminUrl, victim, step, () => {
          load.leave(PER_STEP * (before + 1));
          if (step.gives !== undefined) strangers.give(step.gives, `${courier.url}/courier/v1/tokens`);
        });
        await seen.lookInside();
        victim.spawn();
        console.log(`killed: ${step.service}: ${step.what}`);
      }
      return {};
    },
  ); // A log that ends would end the verdict over all of it: it has a house of its own.
  const ends = brief === undefined ? await successionsCutOff(data) : { steps: 0, faults: [] };
  return { ...played, steps: chosen.length + ends.steps, faults: [...played.faults, ...ends.faults] };
}
