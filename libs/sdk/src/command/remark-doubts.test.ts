// What is said beside the line (an extraction, a report, which branch is true) is asked about first, too.

import type { ShipmentState } from '@unbroken/contracts';
import { shownToken, someHead, someShipment } from '@unbroken/words/fixture';
import { parseToken } from '@unbroken/tokens';
import { AtTerminal } from '../fixture/at-terminal.js';
import { parties, party, signed, stands, takes } from '../fixture/doubting-hub.js';
import { someToken } from '../fixture/some-outbox-token.js';

let person: AtTerminal;

beforeEach(async () => {
  person = await AtTerminal.sitDown();
  await person.key('health-data');
});
afterEach(() => person.leave());

const extracts = ['extract', '--who', 'Ann Lee', '--why', 'statistics', '--onto', 'CD 1'];
const reports = (what: string) => ['report', '--what', what];
const closed = (status: string) => ({ status, closed: true });

type Claims = Readonly<Record<string, unknown>>;
const registeredBy = (iss: string, to = 'statistics-denmark'): Claims => ({ evt: 'registered', iss, to });
const reported: Claims = { evt: 'reported', iss: 'health-data', what: 'opened' };

/** Signs where its chain holds statements of these claims; answers how the command ended. */
async function types(
  [command = '', ...more]: readonly string[],
  state: Partial<ShipmentState>,
  said: readonly (Claims | string)[],
): Promise<number> {
  const tokens = await Promise.all(said.map(async (one) => (typeof one === 'string' ? one : someToken(one))));
  const chain = stands(
    state,
    tokens.map((token) => shownToken(token)),
  );
  const known = { [`${parties}danish-post`]: party(), [`${parties}health-data`]: party({ name: 'Health Data' }) };
  return person.typesTo({ ...takes, ...chain, ...known }, command, someShipment, ...more);
}

function expectDoubt(code: string, says: string, ended: number): void {
  expect(ended).toBe(1);
  expect(person.err).toContain(code);
  expect(person.err).toContain(says);
  expect(person.err).toContain('--anyway');
  expect(signed(person)).toBe(0);
}

describe('an extraction, a report', () => {
  it.each<[string, string[], Partial<ShipmentState>, Claims[], string, string]>([
    [
      'extracted, by another than the sender',
      extracts,
      {},
      [registeredBy('danish-post')],
      'custody.role',
      'Danish Post sends it',
    ],
    [
      'reported, by nobody of its chain',
      reports('opened'),
      {},
      [registeredBy('danish-post')],
      'custody.role',
      'names you nowhere',
    ],
    [
      'reported lost, destroyed',
      reports('lost'),
      closed('destroyed'),
      [registeredBy('health-data')],
      'custody.closed',
      'it was destroyed',
    ],
    [
      'reported stolen, void',
      reports('stolen'),
      closed('void'),
      [registeredBy('health-data')],
      'custody.closed',
      '--what other',
    ],
    [
      'reported twice',
      reports('opened'),
      {},
      [registeredBy('health-data'), reported],
      'report.twice',
      'at 2015-02-19 09:41 UTC',
    ],
  ])('%s → not signed, says so', async (_, typed, state, said, code, says) => {
    expectDoubt(code, says, await types(typed, state, said));
  });

  it.each<[string, string[], Partial<ShipmentState>, Claims[]]>([
    ['extracted, by the sender', extracts, {}, [registeredBy('health-data')]],
    ['extracted, told when all is over', extracts, closed('confirmed'), [registeredBy('health-data')]],
    ['reported, by the consignee', reports('opened'), {}, [registeredBy('danish-post', 'health-data')]],
    [
      'reported, by a courier of the way',
      reports('lost'),
      {},
      [{ ...registeredBy('danish-post'), via: ['health-data'] }],
    ],
    [
      'reported, by who took it over',
      reports('lost'),
      {},
      [registeredBy('danish-post'), { evt: 'accepted', iss: 'health-data' }],
    ],
    ['reported, its opening cannot be read', reports('opened'), {}, []],
    ['reported stolen, out of the archive', reports('stolen'), closed('confirmed'), [registeredBy('health-data')]],
    ['reported other, destroyed', reports('other'), closed('destroyed'), [registeredBy('health-data')]],
    ['reported, something else than before', reports('damaged'), {}, [registeredBy('health-data'), reported]],
    [
      'reported, as another did',
      reports('opened'),
      {},
      [registeredBy('health-data'), { ...reported, iss: 'danish-post' }],
    ],
    ['reported twice, with --anyway', [...reports('opened'), '--anyway'], {}, [registeredBy('health-data'), reported]],
  ])('%s → signed', async (_, typed, state, said) => {
    expect(await types(typed, state, said)).toBe(0);
    expect(signed(person)).toBe(1);
  });

  it('reported again, what was said first is corrected → signed', async () => {
    const first = await someToken(reported);
    const corrected = { evt: 'corrected', iss: 'health-data', of: parseToken(first).tid };
    expect(await types(reports('opened'), {}, [registeredBy('health-data'), first, corrected])).toBe(0);
  });
});

describe('which branch is true', () => {
  let opening: string;
  let one: string;
  let other: string;
  let onOne: string;
  const tid = (token: string): string => parseToken(token).tid;
  const mine = () => ({ responsible: 'health-data', status: 'disputed', disputed: [tid(one), tid(other)] });
  const settles = (token: string, ...more: string[]) => ['settle', `=${tid(token)}`, ...more];

  beforeEach(async () => {
    // The opening hangs on nothing.
    opening = await someToken({ ...registeredBy('health-data'), prev: undefined });
    one = await someToken({ evt: 'released', to: 'danish-post', prev: tid(opening) });
    other = await someToken({ evt: 'released', to: 'my-post', prev: tid(opening) });
    onOne = await someToken({ evt: 'reported', what: 'other', prev: tid(one) });
  });
  const chain = () => [opening, one, other, onOne];

  it('another is responsible → not signed, says who', async () => {
    const ended = await types(settles(one), { ...mine(), responsible: 'danish-post' }, chain());
    expectDoubt('custody.role', 'Danish Post is responsible for it, not you', ended);
  });

  it('nothing is disputed → not signed', async () => {
    expectDoubt(
      'dispute.none',
      'nothing to settle',
      await types(settles(one), { responsible: 'health-data' }, chain()),
    );
  });

  it('it is settled already → not signed, says by whom, and how', async () => {
    const settled = await someToken({ evt: 'settled', iss: 'health-data', of: tid(other) });
    const ended = await types(settles(other), { responsible: 'health-data' }, [...chain(), settled]);
    expectDoubt('dispute.none', `Health Data has called ${tid(other).slice(0, 8)} true`, ended);
  });

  it('the statement is on no branch → not signed, names the branches', async () => {
    const ended = await types(settles(opening), mine(), chain());
    expectDoubt('dispute.no-branch', `Name ${tid(one).slice(0, 8)} or ${tid(other).slice(0, 8)}`, ended);
  });

  it.each([
    ['a branch', () => settles(other), mine],
    ['what follows one', () => settles(onOne), mine],
    ['with --anyway, of another’s', () => settles(one, '--anyway'), () => ({ ...mine(), responsible: 'danish-post' })],
  ])('%s → signed', async (_, typed, state) => {
    expect(await types(typed(), state(), chain())).toBe(0);
    expect(signed(person)).toBe(1);
  });

  it('what the branch hangs on cannot be read → signed', async () => {
    const loose = await someToken({ evt: 'reported', what: 'other', prev: someHead });
    expect(await types(settles(loose), mine(), [...chain(), loose])).toBe(0);
  });
});
