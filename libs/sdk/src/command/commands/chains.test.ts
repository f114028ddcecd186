// The open chains at a terminal.

import type { ChainRow, ChainsPage } from '@unbroken/contracts';
import { formatShipmentId } from '@unbroken/tokens';
import { someShipment } from '@unbroken/words/fixture';
import { AtTerminal } from '../../fixture/at-terminal.js';

const AT = '2026-03-02T07:30:00.000Z';
const party = (name: string) => ({ id: name.toLowerCase().replace(' ', '-'), name });
const row: ChainRow = {
  ...{ sub: someShipment, change: 1, group: 'wrong-hands', status: 'astray' },
  ...{ from: party('Health Data'), to: null, holder: party('Visa Centre'), heldSince: AT, responsible: null },
  ...{ offer: null, kind: 'physical', class: 'sensitive', pieces: 1, due: AT, updatedAt: AT, findings: 2, unseen: 2 },
  refs: [{ scheme: 's10', number: 'RR473124829DK' }],
  worst: {
    ...{ alert: '6f0c9a1e-0000-4000-8000-000000000000', code: 'misdelivery.wrong-party', severity: 'critical' },
    ...{ raisedAt: AT, acknowledged: false, sentence: 'Visa Centre accepted it.', next: [] },
  },
};
const none = { lost: 0, breach: 0, disputed: 0, late: 0, 'to-look-at': 0, 'on-the-way': 0, closed: 0 };
const page = (more: Partial<ChainsPage> = {}): { status: number; body: ChainsPage } => ({
  status: 200,
  body: { chains: [row], counts: { 'wrong-hands': 1, ...none, closed: 7 }, cursor: null, change: 1, ...more },
});

let terminal: AtTerminal;
beforeEach(async () => (terminal = await AtTerminal.sitDown()));
afterEach(() => terminal.leave());

it('→ each with who has it and what is worst, and how many there are of which', async () => {
  expect(await terminal.typesTo({ 'GET /dashboard/v1/chains?limit=100': page() }, 'chains')).toBe(0);
  expect(terminal.out).toBe(
    `! ${formatShipmentId(someShipment)}  In wrong hands; RR473124829DK
  from Health Data to nobody known; Visa Centre has it; last heard of 2026-03-02 07:30 UTC
  Visa Centre accepted it. (and 1 more) misdelivery.wrong-party
In all: 1 in wrong hands, 7 closed.
`,
  );
});

it.each([
  [1, 'Visa Centre accepted it. (and 1 more) Nobody is on 1 of them.'],
  [0, 'Visa Centre accepted it. (and 1 more) Somebody is on it.'],
])('%i that nobody has acknowledged → said', async (unseen, said) => {
  await terminal.typesTo({ 'GET /dashboard/v1/chains?limit=100': page({ chains: [{ ...row, unseen }] }) }, 'chains');
  expect(terminal.out).toContain(said);
});

it('--find → asked for by it, and by the party; more than fit → said so', async () => {
  const asked = 'GET /dashboard/v1/chains?q=RR473124829DK&party=danish-post&limit=1';
  const typed = ['chains', '--find', 'RR473124829DK', '--party', 'danish-post', '--limit', '1'];
  expect(await terminal.typesTo({ [asked]: page({ cursor: 'x' }) }, ...typed)).toBe(0);
  expect(terminal.out).toContain('There are more');
  expect(terminal.out).not.toContain('In all');
});

it('nothing there → says so', async () => {
  const empty = page({ chains: [], counts: { 'wrong-hands': 0, ...none } });
  await terminal.typesTo({ 'GET /dashboard/v1/chains?limit=100': empty }, 'chains');
  await terminal.typesTo({ 'GET /dashboard/v1/chains?q=S-1&limit=100': empty }, 'chains', '--find', 'S-1');
  expect(terminal.out).toBe('No chain is open.\nNothing is known here of S-1.\n');
});
