// An incident that is closed while something of it is open is told so first.

import type { IncidentClock } from '@unbroken/contracts';
import { AtTerminal } from '../fixture/at-terminal.js';
import { problem } from '../fixture/answering-hub.js';
import type { Answer } from '../fixture/answering-hub.js';

const ID = '6f0c9a1e-1111-4111-8111-000000000000';
const AT = '2026-03-02T08:00:00.000Z';
const trust = {
  deployment: 'unbroken-test',
  operator: { party: 'unbroken-operator', kid: null },
  ...{ logs: [], witnesses: [], quorum: 0, promises: [] },
};
const none: IncidentClock = { controllerAware: null, processorAware: null, due: null, stopped: null };
const runs: IncidentClock = { ...none, processorAware: AT };
const notified: IncidentClock = { ...runs, stopped: { how: 'notified', at: AT, reason: 'By the portal.' } };
const notToBe: IncidentClock = { ...runs, stopped: { how: 'not-notified', at: AT, reason: 'Encrypted.' } };

interface Left {
  readonly openAlerts: number;
  readonly clock: IncidentClock;
  readonly acts?: readonly string[];
  readonly state?: string;
}

const ok = (body: unknown): Answer => ({ status: 200, body });

let person: AtTerminal;

beforeEach(async () => {
  person = await AtTerminal.sitDown();
  await person.key('sender');
});
afterEach(() => person.leave());

const closes = (
  { openAlerts, clock, acts = [], state = 'open' }: Left,
  typed: readonly string[] = [],
  answer?: Answer,
): Promise<number> => {
  const line = (act: string, at: number) => ({ no: at + 1, at: AT, by: 'sender', kid: null, person: null, act });
  const incident = {
    ...{ id: ID, owner: 'sender', kind: 'opened', code: null, openedAt: AT, state, alerts: 3, openAlerts },
    ...{ shipments: [], shipmentCount: 0, held: false, clock, phases: 0 },
    file: ['open', ...acts].map((act, at) => ({ ...line(act, at), reason: 'x', detail: {} })),
  };
  const answers = {
    'GET /ledger/v1/trust': ok(trust),
    [`GET /alerts/v1/incidents/${ID}`]: ok(incident),
    [`POST /alerts/v1/incidents/${ID}/acts`]: answer ?? ok({ ...incident, state: 'closed' }),
  };
  return person.typesTo(answers, 'incident', 'close', ID, '--reason', 'Settled.', ...typed);
};

const posted = () =>
  person.asked.filter(({ method }) => method === 'POST').map(({ body }) => JSON.parse(body) as unknown);

describe('an incident that is closed', () => {
  const told = ['people-told'];

  it.each<[string, Left, string, string]>([
    ['two alerts open', { openAlerts: 2, clock: notToBe }, 'incident.alerts-open', '2 alerts of it are still open.'],
    ['nothing decided', { openAlerts: 0, clock: none }, 'incident.undecided', `not-notified ${ID}`],
    ['nobody told', { openAlerts: 0, clock: notified }, 'incident.people-not-told', `people-told ${ID}`],
    ['all of it', { openAlerts: 1, clock: notified }, 'incident.alerts-open', 'Art. 34'],
  ])('with %s → not closed, says so', async (_, left, code, says) => {
    expect(await closes(left)).toBe(1);
    expect(person.err).toContain(code);
    expect(person.err).toContain(says);
    expect(person.err).toContain('add --anyway to close it as it is');
    expect(posted()).toEqual([]);
  });

  it.each<[string, Left, readonly string[]]>([
    ['notified and told, with no alert open', { openAlerts: 0, clock: notified, acts: told }, []],
    ['not to be notified, so that nobody is to be told', { openAlerts: 0, clock: notToBe }, []],
    ['with --anyway', { openAlerts: 2, clock: notified }, ['--anyway']],
  ])('%s → closed', async (_, left, typed) => {
    expect(await closes(left, typed)).toBe(0);
    expect(posted()).toEqual([{ act: 'close', reason: 'Settled.' }]);
  });

  it.each<[string, Left, string]>([
    ['while its clock runs', { openAlerts: 2, clock: runs }, 'Its clock runs.'],
    ['that is closed', { openAlerts: 2, clock: notToBe, state: 'closed' }, 'The incident is closed.'],
  ])('%s → the hub says no, and --anyway is not offered', async (_, left, says) => {
    expect(await closes(left, [], problem(409, 'incident.clock', says))).toBe(1);
    expect(person.err).toContain(says);
    expect(person.err).not.toContain('--anyway');
  });
});
