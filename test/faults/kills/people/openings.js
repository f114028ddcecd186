// Who has seen what, cut off in each of its writes: kept before it is shown and once in ten minutes, and a day is sealed once
// (libs/intake/src/openings, services/ledger/src/openings).
import kafkajs from 'kafkajs';
import { inCommit, onInsert } from '../killed-in.js';
import { until } from './house.js';
import { opened } from './incidents.js';

/** @typedef {import('./house.js').PeopleHouse} PeopleHouse */
/** @typedef {{ about: string, what: string, path: string, headers: Record<string, string> }} Seen */

const look = (/** @type {PeopleHouse} */ house, /** @type {Seen} */ { path, headers }) =>
  house.ask(path, undefined, headers);

const kept = (/** @type {PeopleHouse} */ house, /** @type {Seen} */ { about, what }) =>
  house.count(
    `SELECT count(*) FROM ledger.openings WHERE about = $1 AND what = $2 AND party = $3
       AND slot = (SELECT max(slot) FROM ledger.openings WHERE about = $1 AND what = $2 AND party = $3)`,
    [about, what, house.sender.id],
  );

/** A chain, which the ledger shows. @param {PeopleHouse} house @returns {Promise<Seen>} */
async function chain(house) {
  const { sub } = await house.parcel();
  return { about: sub, what: 'chain', path: `/ledger/v1/chains/${sub}`, headers: await house.bearer('chains') };
}

/** A file that the alerts service shows, and nobody has seen. @param {PeopleHouse} house @returns {Promise<Seen>} */
async function draft(house) {
  const { id, headers } = await opened(house);
  await until('the outbox to be empty', async () => (await house.count('SELECT count(*) FROM alerts.outbox')) === 0);
  return { about: id, what: 'draft', path: `/alerts/v1/incidents/${id}/draft`, headers };
}

/**
 * @param {string} what @param {(house: PeopleHouse) => Promise<Seen>} before @param {import('../killed-in.js').Cut} cut
 * @param {boolean} isLost whether nobody has seen it then, and nothing of it is kept
 * @returns {import('./people.js').Step<Seen>}
 */
const shown = (what, before, cut, isLost = cut.becomes === 'undone') => ({
  what: `an opening: ${what}`,
  ...cut,
  before,
  act: look,
  after: async (house, seen) => {
    if (!isLost) await until('the opening', async () => (await kept(house, seen)) > 0);
    const before = await kept(house, seen);
    if ((await look(house, seen)).status !== 200) return [`${what}: it could not be opened again`];
    await until('the opening', async () => (await kept(house, seen)) > 0);
    const count = await kept(house, seen);
    return before === (isLost ? 0 : 1) && count === 1
      ? []
      : [`${what}: kept ${before} times, and ${count} after another look`];
  },
});

const DAY_MS = 24 * 3_600_000;

/** Yesterday somebody saw something, which another service tells today; a day is sealed at a start. */
const sealed = {
  what: 'a day’s seal: not committed, then committed unheard',
  write: inCommit('ledger.opening_days'),
  becomes: /** @type {const} */ ('undone'),
  andThen: /** @type {const} */ ('done'),
  starting: true,
  before: async (/** @type {PeopleHouse} */ house) => {
    const at = new Date(Date.now() - DAY_MS).toISOString();
    const nobody = { owner: null, party: null, kid: null, person: null, source: 'yesterday' };
    await told(house, { openings: [{ at, about: 'bench-sender', what: 'page', ...nobody }] });
    const known = `SELECT count(*) FROM ledger.openings WHERE source = 'yesterday'`;
    await until('yesterday’s opening', async () => (await house.count(known)) === 1);
  },
  act: () => Promise.resolve(),
  after: async (/** @type {PeopleHouse} */ house) => {
    const sealedDays = () => house.count('SELECT count(*) FROM ledger.opening_days');
    await until('the seal', async () => (await sealedDays()) > 0);
    const days = await sealedDays();
    return days === 1 ? [] : [`the day is sealed ${days} times`];
  },
};

/** @param {PeopleHouse} house @param {object} value */
async function told(house, value) {
  const kafka = new kafkajs.Kafka({ brokers: house.ground.brokers.split(','), logLevel: kafkajs.logLevel.ERROR });
  const producer = kafka.producer();
  await producer.connect();
  await producer.send({ topic: 'platform.openings.v1', messages: [{ value: JSON.stringify(value) }] });
  await producer.disconnect();
}

export const openings = [
  shown('in the ledger, not committed', chain, { write: onInsert('ledger.openings'), becomes: 'undone' }),
  shown('in the ledger, committed unheard', chain, { write: inCommit('ledger.openings'), becomes: 'done' }),
  shown('elsewhere, not committed', draft, { write: onInsert('alerts.outbox'), becomes: 'undone' }),
  shown('elsewhere, committed unheard', draft, { write: inCommit('alerts.outbox'), becomes: 'done' }),
  shown('heard from elsewhere, not committed', draft, { write: onInsert('ledger.openings'), becomes: 'undone' }, false),
  shown('heard from elsewhere, committed unheard', draft, { write: inCommit('ledger.openings'), becomes: 'done' }),
  sealed,
];
