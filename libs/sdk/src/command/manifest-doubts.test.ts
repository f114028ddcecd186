// Many parcels by one signature: what is wrong with the hands that sign is told before, with how many it is about.

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ShipmentState } from '@unbroken/contracts';
import { formatShipmentId, newJti, shipmentId } from '@unbroken/tokens';
import type { PartyId } from '@unbroken/tokens';
import { chainAnswer, someHead } from '@unbroken/words/fixture';
import { problem, recording } from '../fixture/answering-hub.js';
import type { Answers, Asked } from '../fixture/answering-hub.js';
import { AtTerminal } from '../fixture/at-terminal.js';
import { chains, parties, party, signed } from '../fixture/doubting-hub.js';

const parcels = Array.from({ length: 20 }, () => shipmentId('health-data' as PartyId, newJti()));
const ours = { holder: 'danish-post' };
const offer = { tid: someHead, from: 'health-data', to: 'danish-post', mode: 'meet' as const, until: null };

let person: AtTerminal;
let van: string;

beforeEach(async () => {
  person = await AtTerminal.sitDown();
  await person.key('danish-post');
  van = join(person.home, 'van.txt');
  await writeFile(van, parcels.join('\n'));
});
afterEach(() => person.leave());

/** What the hub says of parcels one after the other; of all behind them the last. */
const standing = (...states: readonly Partial<ShipmentState>[]): Answers =>
  Object.fromEntries(
    parcels.map((sub, at) => {
      const body = { ...chainAnswer(states[at] ?? states.at(-1)), sub };
      return [`${chains}${sub}`, { status: 200, body }];
    }),
  );

/** Takes a piece of the manifest for each parcel. */
const takesAll = ({ body }: Asked) => {
  const { tokens, manifest } = JSON.parse(body) as { tokens?: string[]; manifest?: { items: string[] } };
  return recording()({
    method: '',
    path: '',
    prefer: undefined,
    authorization: undefined,
    body: JSON.stringify({ tokens: tokens ?? manifest?.items }),
  });
};

const types = (answers: Answers, ...args: readonly string[]): Promise<number> => {
  const doors = { 'POST /sender/v1/tokens': takesAll, 'POST /courier/v1/tokens': takesAll };
  const known = { [`${parties}my-post`]: party({ name: 'My Post' }), [`${parties}a-post`]: party({ name: 'A Post' }) };
  return person.typesTo({ ...doors, ...known, ...answers }, 'manifest', ...args, '--from', van);
};

const release = ['release', '--to', 'my-post'];
const read = (sub: string) => person.asked.filter(({ method, path }) => method === 'GET' && path.endsWith(sub)).length;

it('some of them are others’ → not signed; each doubt once, with how many and the first, the most first', async () => {
  const others = Array.from({ length: 5 }, () => ({ holder: 'my-post' }));
  expect(await types(standing({ holder: 'a-post' }, ...others, ours), ...release)).toBe(1);
  const [alone, ...named] = parcels.slice(0, 4).map(formatShipmentId);
  const many = `5 of 20 (${named.join(', ')} and 2 more): My Post holds it, not you`;
  const one = `1 of 20 (${alone}): A Post holds it, not you`;
  expect(person.err).toContain('custody.not-holder');
  expect(person.err.indexOf(many)).toBeGreaterThan(-1);
  expect(person.err.indexOf(one)).toBeGreaterThan(person.err.indexOf(many));
  expect(person.err).toContain('--anyway');
  expect(signed(person)).toBe(0);
});

it('more kinds of wrong than are told → the further ones are counted', async () => {
  const four = ['a', 'b', 'c', 'd'].map((name) => ({ holder: `${name}-depot` }));
  expect(await types(standing(...four, { holder: 'd-depot' }, ours), ...release)).toBe(1);
  expect(person.err).toContain('2 of 20');
  expect(person.err.match(/1 of 20/g)).toHaveLength(2);
  expect(person.err).toContain('1 more has something else wrong.');
});

it.each([
  ['offered to another', { offer: { ...offer, to: 'my-post' } }, 'on offer to My Post, not to you'],
  ['not on offer', { holder: 'my-post' }, 'My Post holds it and has released it to nobody'],
])('accepted and %s → not signed, says so', async (_, state, says) => {
  expect(await types({ ...standing(state), [`${chains}my-post`]: problem(404, 'chain.unknown', '') }, 'accept')).toBe(
    1,
  );
  expect(person.err).toContain(says);
  expect(signed(person)).toBe(0);
});

it.each([
  ['released and ours', [standing(ours), release]],
  ['accepted and offered to us', [standing({ holder: 'health-data', offer }), ['accept']]],
  ['others’, with --anyway', [standing({ holder: 'my-post' }), [...release, '--anyway']]],
] as const)('%s → signed, and each chain is asked for once', async (_, [answers, args]) => {
  expect(await types(answers, ...args, '--wait', '0')).toBe(0);
  expect(signed(person)).toBe(1);
  expect(parcels.map(read)).toEqual(parcels.map(() => 1));
});

it('no hub answers → nothing is asked: signed and kept', async () => {
  expect(await types(standing(ours), ...release, '--wait', '0')).toBe(0);
  expect(await person.types(['manifest', ...release, '--from', van, '--wait', '0'])).toBe(0);
  expect(person.err).toBe('');
});
