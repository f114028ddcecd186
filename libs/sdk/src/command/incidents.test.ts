// Exposure and incidents at a terminal: who asks is shown, what is written is what was answered. The real hub is met in
// test/incidents.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { notificationItems } from '@unbroken/contracts';
import { exposureOf } from '@unbroken/custody';
import { Scenario } from '@unbroken/custody/scenario';
import { AnsweringHub, problem } from '../fixture/answering-hub.js';
import type { Answer } from '../fixture/answering-hub.js';
import { AtTerminal, NOW } from '../fixture/at-terminal.js';
import { ShipmentNotesStore } from '../keys/shipment-notes.js';

const ID = '6f0c9a1e-1111-4111-8111-000000000000';
/** It begins as the other does. */
const OTHER = '6f0c9a1e-2222-4111-8111-000000000000';
const AT = '2026-03-02T08:00:00.000Z';
const trust = {
  deployment: 'unbroken-test',
  operator: { party: 'unbroken-operator', kid: null },
  logs: [],
  witnesses: [],
  quorum: 0,
  promises: [],
};

const scenario = new Scenario();
scenario.registered({ class: 'sensitive' });
scenario.handOff('sender', 'post');
scenario.tell('released', 'post', { to: 'consignee', mode: 'meet' });
scenario.tell('accepted', 'visa', { cond: 'ok' });
const report = exposureOf(scenario.state(), NOW / 1000);
const sub = scenario.state().sub;

const clock = { controllerAware: AT, processorAware: null, due: '2026-03-05T08:00:00.000Z', stopped: null };
const incident = {
  id: ID,
  owner: 'sender',
  kind: 'opened',
  code: null,
  openedAt: AT,
  state: 'open',
  alerts: 1,
  openAlerts: 1,
  shipments: [sub],
  shipmentCount: 1,
  held: false,
  clock,
  phases: 0,
};
const file = [{ no: 1, at: AT, by: 'sender', kid: null, person: null, act: 'open', reason: 'Open.', detail: {} }];
const items = Object.fromEntries(notificationItems.map((item) => [item, { said: null, computed: null }]));
const draft = { incident, controller: 'sender', items, phases: [] };
const ok = (body: unknown): Answer => ({ status: 200, body });

/** The keys that count, by its chain. */
let enrolled: readonly { readonly kid: string; readonly person: string }[];

let terminal: AtTerminal;
let hub: AnsweringHub;
let url: string;
const at = (name: string) => join(terminal.home, name);

const senderChain = (): Answer => {
  const keys = enrolled.map((key, enrolledAt) => ({ ...key, use: 'device', roles: ['sender'], enrolledAt }));
  const state = { status: 'admitted', head: null, seq: null, rootKid: 'root', keys, sites: [], mandates: [] };
  return ok({ sub: 'sender', state: { ...state, policies: [], disputed: [], gaps: [] }, tokens: [] });
};

beforeEach(async () => {
  terminal = await AtTerminal.sitDown();
  enrolled = [{ kid: (await terminal.key('sender')).kid, person: 'clerk-0017' }];
  hub = new AnsweringHub({
    'GET /ledger/v1/trust': ok(trust),
    'GET /ledger/v1/chains/sender': senderChain,
    [`GET /alerts/v1/exposure/${sub}`]: ok(report),
    'GET /alerts/v1/incidents': ok({ incidents: [incident, { ...incident, id: OTHER }] }),
    [`GET /alerts/v1/incidents/${ID}`]: ok({ ...incident, file }),
    [`GET /alerts/v1/incidents/${OTHER}`]: problem(404, 'incident.unknown', 'Not yours.'),
    [`GET /alerts/v1/incidents/${ID}/draft`]: ok(draft),
    [`POST /alerts/v1/incidents/${ID}/acts`]: ok({ ...incident, file }),
    [`GET /ledger/v1/openings/${ID}`]: ok({ about: ID, openings: [], cursor: null }),
    'GET /alerts/v1/incidents/register': ok({
      party: 'sender',
      incidents: [{ incident, facts: '=HYPERLINK("x")', effects: 'unknown', measures: 'a "word", two' }],
    }),
  });
  url = await hub.listen();
});

afterEach(async () => {
  await hub.close();
  await terminal.leave();
});

it('exposure → in words; as JSON the report; as a PDF a file that is not written over', async () => {
  expect(await terminal.types(['exposure', sub], url)).toBe(0);
  expect(terminal.out).toContain('That a copy was made cannot be excluded.');
  terminal.out = '';
  expect(await terminal.types(['--json', 'exposure', sub], url)).toBe(0);
  expect(JSON.parse(terminal.out)).toEqual(report);
  expect(await terminal.types(['exposure', sub, '--pdf', at('exposure.pdf')], url)).toBe(0);
  expect((await readFile(at('exposure.pdf'))).subarray(0, 5).toString()).toBe('%PDF-');
  expect(await terminal.types(['exposure', sub, '--pdf', at('exposure.pdf')], url)).toBe(1);
  expect(terminal.err).toContain('is there already');
});

it('a phase → with what the sender keeps of the parcel, unless something else is said', async () => {
  const notes = new ShipmentNotesStore(at('notes'));
  await notes.keep(sub, { peopleNumber: 'about 5,282,616', recordCategories: 'Health data' });
  const said = ['--record-categories', 'National ids', '--reason', 'First word.'];
  expect(await terminal.types(['incident', 'phase', ID, ...said], url)).toBe(0);
  const posted = JSON.parse(hub.asked.findLast(({ method }) => method === 'POST')?.body ?? '') as unknown;
  expect(posted).toEqual({
    act: 'phase',
    said: { peopleNumber: 'about 5,282,616', recordCategories: 'National ids' },
    reason: 'First word.',
  });
});

it('the draft → every item of the law, the unknown named; a phase that is not there → exit code 1', async () => {
  expect(await terminal.types(['incident', 'draft', ID], url)).toBe(0);
  expect(terminal.out).toContain('Contact point, 33(3)(b): Unknown so far.');
  expect(await terminal.types(['incident', 'draft', ID, '--people', '--pdf', at('people.pdf')], url)).toBe(0);
  expect(await terminal.types(['incident', 'draft', ID, '--phase', '1'], url)).toBe(1);
  expect(terminal.err).toContain('It has 0 phases.');
});

it('by a beginning of its id that is its alone → shown, drafted and acted on, and who has seen it told', async () => {
  const beginning = ID.slice(0, 10);
  expect(await terminal.types(['incident', 'hold', beginning, '--reason', 'x'], url)).toBe(0);
  expect(await terminal.types(['incident', 'show', beginning.toUpperCase()], url)).toBe(0);
  expect(terminal.out).toContain(ID);
  expect(await terminal.types(['incident', 'draft', beginning], url)).toBe(0);
  expect(await terminal.types(['seen', beginning], url)).toBe(0);
});

it.each([
  ['another’s', 'clerk-0018', 2],
  ['the same person’s', 'clerk-0017', 0],
])(
  'two keys, the second %s → a list asks for none; what is opened is kept by person: exit code',
  async (_, person, ended) => {
    enrolled = [...enrolled, { kid: (await terminal.key('sender')).kid, person }];
    expect(await terminal.types(['incident', 'list'], url)).toBe(0);
    expect(await terminal.types(['incident', 'show', ID], url)).toBe(ended);
    expect(await terminal.types(['found', 'erase', '7K2M-9QX4'], url)).toBe(ended === 0 ? 1 : ended);
    expect(terminal.err.includes('Name the one that signs with --key.')).toBe(ended === 2);
  },
);

it.each([
  ['that two have', ID.slice(0, 8), 1],
  ['that none has', '6f0c9a1f', 1],
  ['of no eight characters', '6f0c9a1', 2],
  ['whole, and not the party’s', OTHER, 1],
])('a beginning of an id %s → says where ids stand', async (_, typed, ended) => {
  expect(await terminal.types(['incident', 'show', typed], url)).toBe(ended);
  expect(terminal.err).toContain('`unbroken incident list`');
});

it('shown → when and why the clock was started and by whom, what was told whom under which number, the hold', async () => {
  const stopped = { how: 'notified', at: AT, reason: 'Within a day.', authority: 'Datatilsynet', reference: '26/0417' };
  const told = { ...incident, held: true, phases: 2, clock: { ...clock, stopped } };
  const act = (no: number, name: string, reason: string, detail: object) => ({
    ...{ no, at: AT, by: 'sender', kid: 'k'.repeat(42) + 'A', person: 'clerk-0017' },
    ...{ act: name, reason, detail },
  });
  const acts = [
    ...file,
    act(2, 'clock', 'They called.', { aware: 'controller', at: '2026-03-01T08:00:00.000Z' }),
    act(3, 'hold', 'The police asks.', {}),
    act(4, 'phase', 'First.', { said: { contact: 'DPO' }, items: { contact: 'DPO', nature: 'Open.' } }),
    act(5, 'phase', 'Erased.', {}),
    act(6, 'notified', 'Within a day.', { authority: 'Datatilsynet', reference: '26/0417' }),
    act(7, 'teleported', 'Of a newer hub.', {}),
  ];
  await terminal.typesTo(
    {
      'GET /ledger/v1/trust': ok(trust),
      'GET /ledger/v1/chains/sender': senderChain,
      [`GET /alerts/v1/incidents/${ID}`]: ok({ ...told, file: acts }),
    },
    ...['incident', 'show', ID],
  );
  for (const line of [
    'its chains are held',
    'Notified to Datatilsynet, reference 26/0417, 2026-03-02 08:00 UTC: Within a day.',
    `\`unbroken incident draft ${ID} --phase 2\`, and the phases before it`,
    'sender (clerk-0017, key kkkkkkkk): started the clock: the controller is aware since 2026-03-01 08:00 UTC. They called.',
    'put its chains under legal hold. The police asks.',
    'fixed a phase of the draft, which tells: nature, contact point; in their words: contact point. First.',
    'fixed a phase of the draft, which tells: nothing that is left here. Erased.',
    'notified Datatilsynet, under the reference 26/0417: the clock stopped. Within a day.',
    'teleported. Of a newer hub.',
  ])
    expect(terminal.out).toContain(line);
});

it('the register → a table that no spreadsheet takes for formulas', async () => {
  expect(await terminal.types(['incident', 'register', '--csv', at('register.csv')], url)).toBe(0);
  const [, row = ''] = (await readFile(at('register.csv'), 'utf8')).split('\r\n');
  expect(row).toContain(`"'=HYPERLINK(""x"")","unknown","a ""word"", two"`);
});

it('the clock → since the time that was said', async () => {
  const said = ['--aware', 'controller', '--at', '2026-03-01T09:00+01:00', '--reason', 'They called.'];
  expect(await terminal.types(['incident', 'clock', ID, ...said], url)).toBe(0);
  expect(JSON.parse(hub.asked.at(-1)?.body ?? '')).toEqual({
    act: 'clock',
    aware: 'controller',
    at: '2026-03-01T08:00:00.000Z',
    reason: 'They called.',
  });
  expect(terminal.out).toContain('Clock: 72 of 72 hours are left');
});

it.each([
  ['nothing to make an incident of', ['incident', 'open', '--reason', 'x']],
  ['an act without a reason', ['incident', 'hold', ID]],
  ['a clock of nobody', ['incident', 'clock', ID, '--aware', 'somebody', '--reason', 'x']],
])('%s → 2', async (_, args) => {
  expect(await terminal.types(args, url)).toBe(2);
});
