// What only the sender, or only who offered it, may sign is asked about first; who that is stands in the chain.

import type { ChainToken, ShipmentState } from '@unbroken/contracts';
import { shownToken, someHead, someShipment } from '@unbroken/words/fixture';
import { AtTerminal } from '../fixture/at-terminal.js';
import { parties, party, signed, stands, takes } from '../fixture/doubting-hub.js';
import { someToken } from '../fixture/some-outbox-token.js';

let person: AtTerminal;

beforeEach(async () => {
  person = await AtTerminal.sitDown();
  await person.key('health-data');
});
afterEach(() => person.leave());

const offer = { tid: someHead, from: 'danish-post', to: 'health-data', mode: 'meet' as const, until: null };
const voids = ['void', '--why', 'not-encrypted'];
const redirects = ['redirect', '--to', 'health-data'];

/** Registered, and taken over, by these; the acceptance is found fault with where it is told so. */
const chainBy = async (
  sender: string,
  taker?: string,
  findings: ChainToken['findings'] = [],
): Promise<ChainToken[]> => [
  shownToken(await someToken({ evt: 'registered', iss: sender })),
  ...(taker === undefined ? [] : [shownToken(await someToken({ evt: 'accepted', iss: taker }), findings)]),
];

async function types(
  [command = '', ...more]: readonly string[],
  state: Partial<ShipmentState>,
  tokens: readonly ChainToken[],
): Promise<number> {
  const known = { [`${parties}danish-post`]: party(), [`${parties}health-data`]: party({ name: 'Health Data' }) };
  return person.typesTo({ ...takes, ...stands(state, tokens), ...known }, command, someShipment, ...more);
}

describe('what the rules will find fault with', () => {
  it.each<[string, string[], Partial<ShipmentState>, Parameters<typeof chainBy>, string, string]>([
    ['void, by another', voids, {}, ['danish-post'], 'custody.role', 'Danish Post sends it, not you'],
    ['void, after it left', voids, {}, ['health-data', 'danish-post'], 'custody.not-holder', 'It has left'],
    ['void, when it is closed', voids, { closed: true }, ['health-data'], 'custody.closed', 'Its chain is closed'],
    ['redirect, by another', redirects, {}, ['danish-post'], 'custody.role', 'Danish Post sends it, not you'],
    ['withdraw, of nothing', ['withdraw'], {}, ['health-data'], 'offer.none', 'Nothing is on offer'],
    [
      'withdraw, of another’s',
      ['withdraw'],
      { offer },
      ['health-data'],
      'custody.not-holder',
      'Danish Post offered it',
    ],
  ])('%s → not signed, says so', async (_, typed, state, chain, code, says) => {
    expect(await types(typed, state, await chainBy(...chain))).toBe(1);
    expect(person.err).toContain(code);
    expect(person.err).toContain(says);
    expect(person.err).toContain('--anyway');
    expect(signed(person)).toBe(0);
  });
});

describe('what they will not', () => {
  it.each<[string, string[], Partial<ShipmentState>, Parameters<typeof chainBy>]>([
    ['void, by the sender', voids, {}, ['health-data']],
    ['void, taken with no release', voids, {}, ['health-data', 'danish-post', ['handoff.without-release']]],
    ['void, taken back by the sender alone', voids, {}, ['health-data', 'health-data']],
    ['void after it left, with --anyway', [...voids, '--anyway'], {}, ['health-data', 'danish-post']],
    ['redirect, by the sender', redirects, {}, ['health-data', 'danish-post']],
    ['withdraw, of one’s own', ['withdraw'], { offer: { ...offer, from: 'health-data' } }, ['danish-post']],
  ])('%s → signed', async (_, typed, state, chain) => {
    expect(await types(typed, state, await chainBy(...chain))).toBe(0);
    expect(signed(person)).toBe(1);
  });

  it('the opening cannot be read → nothing is known of the sender, and it is signed', async () => {
    expect(await types(voids, {}, [])).toBe(0);
  });
});
