// What finders tell, cut off in each of its writes: told once whatever happened (services/receiver/src/found).
import { onInsert, inCommit } from '../killed-in.js';
import { until } from './house.js';

const report = { mine: 'no', opened: 'yes', left: 'kept', contact: 'Jane Doe, +45 1234 5678' };
const tell = (/** @type {PeopleHouse} */ house, /** @type {string} */ sub) => house.ask(`/found/${sub}`, report);
const afterUpdate = (/** @type {string} */ column, /** @type {'statement' | 'commit'} */ at) => ({
  table: 'receiver.found_reports',
  on: `UPDATE OF ${column}`,
  at,
});

/** @typedef {import('./house.js').PeopleHouse} PeopleHouse */

/** @param {string} what @param {import('../killed-in.js').Cut} cut @returns {import('./people.js').Step<string>} */
const told = (what, cut) => ({
  what: `a finder’s report: ${what}`,
  ...cut,
  before: async (house) => (await house.parcel()).sub,
  act: tell,
  after: async (house, sub) => {
    const rows = await house.count('SELECT count(*) FROM receiver.found_reports WHERE sub = $1', [sub]);
    // Who has seen no code tells it again; what is kept is signed without that.
    const isKept = rows > 0;
    if (!isKept && (await tell(house, sub)).status !== 200) return ['a finder was not heard the second time'];
    await until('the report in the log', async () => (await house.recorded(sub, 'found')) > 0);
    const left = `SELECT count(*) FROM receiver.found_reports WHERE sub = $1 AND posted_at IS NULL`;
    await until('the report to be done with', async () => (await house.count(left, [sub])) === 0);
    return [
      ...(isKept === (cut.write?.on === 'INSERT' && cut.becomes === 'undone')
        ? [`${what}: it is ${isKept ? '' : 'not '}kept`]
        : []),
      ...((await house.count('SELECT count(*) FROM receiver.found_reports WHERE sub = $1', [sub])) === 1
        ? []
        : [`${what}: kept more than once`]),
      ...((await house.recorded(sub, 'found')) === 1 ? [] : [`${what}: told more than once`]),
    ];
  },
});

export const finders = [
  told('not committed', { write: onInsert('receiver.found_reports'), becomes: 'undone' }),
  told('committed unheard', { write: inCommit('receiver.found_reports'), becomes: 'done' }),
  told('its token, not committed', { write: afterUpdate('token', 'statement'), becomes: 'undone' }),
  told('its token, committed unheard', { write: afterUpdate('token', 'commit'), becomes: 'done' }),
  told('posted, that not committed', { write: afterUpdate('posted_at', 'statement'), becomes: 'undone' }),
  told('posted, that committed unheard', { write: afterUpdate('posted_at', 'commit'), becomes: 'done' }),
];
