// The codes of guests, cut off in each of their writes: a code that was sent is usable, or the guest is sent a new one, and the
// parcel is confirmed once (services/receiver/src/codes).
import { base64url, newSalt } from '@unbroken/tokens';
import { inCommit, onInsert } from '../killed-in.js';
import { until } from './house.js';

/** @typedef {import('./house.js').PeopleHouse} PeopleHouse */
/** @typedef {{ sub: string, phone: string }} ForGuest */

let guests = 0;

/** @param {PeopleHouse} house @returns {Promise<ForGuest>} */
async function parcelForGuest(house) {
  guests += 1;
  const phone = `+45${20_000_000 + guests}`;
  const details = { name: 'Anna Jensen', phone, language: 'en', salt: base64url.encode(newSalt()) };
  const { guest } = (await house.ask('/receiver/v1/guests', details)).body;
  const { sub } = await house.parcel({ to: 'guest', guest });
  return { sub, phone };
}

const askForCode = (/** @type {PeopleHouse} */ house, /** @type {ForGuest} */ { sub }) =>
  house.ask('/receiver/v1/codes', { sub });

/** The code of the newest message. @param {PeopleHouse} house @param {ForGuest} parcel @param {number} before messages */
const sentCode = ({ sms }, { phone }, before = 0) =>
  until('the message of a code', () =>
    Promise.resolve(/(\d{4}) (\d{4})/.exec(sms.sent.filter(({ to }) => to === phone)[before]?.text ?? '')),
  ).then(([, left = '', right = '']) => left + right);

const confirm = (/** @type {PeopleHouse} */ house, /** @type {string} */ sub, /** @type {string} */ code) =>
  house.ask('/receiver/v1/codes/confirm', { sub, code, pieces: 1, unopened: true });

/** @param {PeopleHouse} house @param {string} sub @param {string} what */
async function confirmedOnce(house, sub, what) {
  await until('the confirmation in the log', async () => (await house.recorded(sub, 'confirmed')) > 0);
  const left = `SELECT count(*) FROM receiver.guest_codes WHERE sub = $1 AND posted_at IS NULL`;
  await until('the code to be done with', async () => (await house.count(left, [sub])) === 0);
  return (await house.recorded(sub, 'confirmed')) === 1 ? [] : [`${what}: confirmed more than once`];
}

/** @param {string} what @param {import('../killed-in.js').Cut} cut @returns {import('./people.js').Step<ForGuest>} */
const issued = (what, cut) => ({
  what: `a guest’s code: ${what}`,
  ...cut,
  before: parcelForGuest,
  act: askForCode,
  after: async (house, parcel) => {
    const before = house.sms.sent.filter(({ to }) => to === parcel.phone).length;
    if ((await askForCode(house, parcel)).status !== 202) return [`${what}: the guest could not ask again`];
    const { status } = await confirm(house, parcel.sub, await sentCode(house, parcel, before));
    return status === 200 ? confirmedOnce(house, parcel.sub, what) : [`${what}: the new code was answered ${status}`];
  },
});

/** @param {string} what @param {import('../killed-in.js').Cut} cut @returns {import('./people.js').Step<ForGuest & { code: string }>} */
const used = (what, cut) => ({
  what: `a guest’s confirmation: ${what}`,
  ...cut,
  before: async (house) => {
    const parcel = await parcelForGuest(house);
    await askForCode(house, parcel);
    return { ...parcel, code: await sentCode(house, parcel) };
  },
  act: (house, { sub, code }) => confirm(house, sub, code),
  after: async (house, { sub, code }) => {
    const isUsed = (await house.count('SELECT count(token) FROM receiver.guest_codes WHERE sub = $1', [sub])) === 1;
    const { status, body } = await confirm(house, sub, code);
    const right = isUsed ? status === 409 && body.code === 'code.used' : status === 200;
    const wrong = right ? [] : [`${what}: the same code was answered ${status} ${body?.code}`];
    return [...wrong, ...(await confirmedOnce(house, sub, what))];
  },
});

const onUpdate = (/** @type {string} */ column, /** @type {'statement' | 'commit'} */ at) => ({
  table: 'receiver.guest_codes',
  on: `UPDATE OF ${column}`,
  at,
});

export const codes = [
  issued('not committed', { write: onInsert('receiver.guest_codes'), becomes: 'undone' }),
  issued('committed, not sent', { write: inCommit('receiver.guest_codes'), becomes: 'done' }),
  used('its token, not committed', { write: onUpdate('token', 'statement'), becomes: 'undone' }),
  {
    ...used('its token, committed and not posted', { write: onUpdate('token', 'commit'), becomes: 'done' }),
    brief: true,
  },
  used('posted, that not committed', { write: onUpdate('posted_at', 'statement'), becomes: 'undone' }),
  used('posted, that committed unheard', { write: onUpdate('posted_at', 'commit'), becomes: 'done' }),
];
