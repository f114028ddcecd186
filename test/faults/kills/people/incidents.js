// Acts on an incident, cut off in each of their writes: in its file once, and what they set going told
// (services/alerts/src/incidents).
import { inCommit, onInsert } from '../killed-in.js';
import { until } from './house.js';

/** @typedef {import('./house.js').PeopleHouse} PeopleHouse */
/** @typedef {{ id: string, alert: string, sub: string, headers: Record<string, string> }} Incident */

/** Of a parcel that its sender has reported lost. @param {PeopleHouse} house */
export async function alerted(house) {
  const open = await house.parcel();
  const now = Math.floor(Date.now() / 1000);
  const said = { sub: open.sub, iat: now, evt: 'reported', prev: open.head, what: 'lost' };
  await house.post([{ token: house.sender.mint(said) }]);
  const alert = await until('the alert', async () => (await house.client.alerts({ sub: open.sub })).alerts[0]);
  return { sub: open.sub, alert: alert.id, headers: await house.bearer('incidents') };
}

/** @param {PeopleHouse} house @param {string} reason @returns {Promise<Incident>} */
export async function opened(house, reason = 'It is gone.') {
  const { alert, sub, headers } = await alerted(house);
  const { body } = await house.ask('/alerts/v1/incidents', { alerts: [alert], reason }, headers);
  return { id: body.id, alert, sub, headers };
}

const acknowledge = (/** @type {PeopleHouse} */ house, /** @type {Incident} */ { id, headers }) =>
  house.ask(`/alerts/v1/incidents/${id}/acts`, { act: 'acknowledge', reason: 'I am on it.' }, headers);

/** @param {string} what @param {import('../killed-in.js').Cut} cut @returns {import('./people.js').Step<Incident>} */
const acted = (what, cut) => ({
  what: `an act on an incident: ${what}`,
  ...cut,
  before: (house) => opened(house),
  act: acknowledge,
  after: async (house, incident) => {
    const { id, headers, alert } = incident;
    const acts = async () =>
      (await house.ask(`/alerts/v1/incidents/${id}`, undefined, headers)).body.file.map(
        (/** @type {{ act: string }} */ { act }) => act,
      );
    const wasDone = (await acts()).includes('acknowledge');
    if (!wasDone) await acknowledge(house, incident);
    await until('the outbox to be empty', async () => (await house.count('SELECT count(*) FROM alerts.outbox')) === 0);
    const file = String(await acts());
    const state = (await house.client.alerts({ sub: incident.sub, state: 'all' })).alerts.find(
      (one) => one.id === alert,
    )?.state;
    return [
      ...(wasDone === (cut.becomes === 'undone' && cut.write?.table === 'alerts.incident_acts')
        ? [`${what}: done ${wasDone}`]
        : []),
      ...(file === 'open,acknowledge' ? [] : [`${what}: the file says ${file}`]),
      ...(state === 'acknowledged' ? [] : [`${what}: its alert is ${state}`]),
    ];
  },
});

/** @param {string} what @param {import('../killed-in.js').Cut} cut @returns {import('./people.js').Step<Awaited<ReturnType<typeof alerted>>>} */
const opening = (what, cut) => ({
  what: `an incident: ${what}`,
  ...cut,
  before: alerted,
  act: (house, { alert, headers }) =>
    house.ask('/alerts/v1/incidents', { alerts: [alert], reason: 'It is gone.' }, headers),
  after: async (house, { alert }) => {
    const count = await house.count('SELECT count(*) FROM alerts.incident_alerts WHERE alert = $1', [alert]);
    const texts = await house.count(
      'SELECT count(text) FROM alerts.incident_texts JOIN alerts.incident_alerts USING (incident) WHERE alert = $1',
      [alert],
    );
    const should = cut.becomes === 'done' ? 1 : 0;
    return count === should && texts === should ? [] : [`${what}: ${count} incidents and ${texts} texts`];
  },
});

const outboxRows = (/** @type {'statement' | 'commit'} */ at) => ({ table: 'alerts.outbox', on: 'DELETE', at });

export const incidents = [
  opening('not committed', { write: onInsert('alerts.incident_texts'), becomes: 'undone' }),
  opening('committed unheard', { write: inCommit('alerts.incident_texts'), becomes: 'done' }),
  acted('not committed', { write: onInsert('alerts.incident_acts'), becomes: 'undone' }),
  { ...acted('committed unheard', { write: inCommit('alerts.incident_acts'), becomes: 'done' }), brief: true },
  acted('told, its rows still in the outbox', { write: outboxRows('statement'), becomes: 'undone' }),
  acted('told, its rows deleted unheard', { write: outboxRows('commit'), becomes: 'done' }),
];
