// Which of several kept keys is used, and what is told where nobody can know.

import type { PartyChainState } from '@unbroken/contracts';
import type { KeyId, PartyId } from '@unbroken/tokens';
import type { StoredKey, StoredUse } from '../keys/key-store.js';
import { chooseKey, openingKey, readingKey } from './choose-key.js';

const NOW = 1_000;
const party = 'my-post' as PartyId;

const key = (kid: string, use: StoredUse = 'device'): StoredKey => ({
  kid: kid as KeyId,
  party,
  use,
  created: '2026-03-02T08:00:00Z',
});

const enrolled = (
  kid: string,
  more: Partial<PartyChainState['keys'][number]> = {},
): PartyChainState['keys'][number] => ({
  ...{ kid, use: 'device', roles: ['courier'], enrolledAt: 1 },
  ...more,
});

const wanted = (keys: PartyChainState['keys'] | undefined, as = party, named?: string) => ({
  party: as,
  uses: ['device', 'gateway'] as const,
  named: named as KeyId | undefined,
  enrolled: () => Promise.resolve(keys),
});

describe('a key to sign with', () => {
  const kept = [key('one'), key('two'), key('three'), key('four')];
  const known = [
    enrolled('one', { person: 'clerk-0017' }),
    enrolled('two', { person: 'clerk-0018', revoked: { since: 5, at: 2 } }),
    enrolled('three'),
  ];

  it('several and none named → refused, tells the use and the person of each', async () => {
    await expect(chooseKey(kept, wanted(known))).rejects.toThrow(
      'one (device of clerk-0017), two (device of clerk-0018, revoked), three (device), four (device, not enrolled).',
    );
  });

  it('no hub answers → tells the uses', async () => {
    await expect(chooseKey(kept, wanted(undefined))).rejects.toThrow('one (device), two (device),');
  });

  it('one of several is named → that one', async () => {
    expect(await chooseKey(kept, wanted(known, party, 'three'))).toBe(kept[2]);
  });
});

describe('a key to open something with', () => {
  const [one, two] = ['clerk-0017', 'clerk-0018'].map((person) => ({ person }));
  const gone = { revoked: { since: NOW, at: 2 } };
  const kept = [key('g', 'gateway'), key('d'), key('e')];

  it.each([
    ['all of one person: a device goes first', [enrolled('g', one), enrolled('d', one), enrolled('e', one)], 'd'],
    ['one alone is enrolled', [enrolled('e')], 'e'],
    ['one alone is not revoked', [enrolled('g', gone), enrolled('d', { ...two, ...gone }), enrolled('e', one)], 'e'],
    ['a revoked one of another person', [enrolled('d', one), enrolled('e', { ...two, ...gone })], 'd'],
  ])('%s → nobody is asked', async (_, known, kid) => {
    expect((await openingKey(kept, wanted(known), NOW)).kid).toBe(kid);
  });

  it.each([
    ['of two persons', [enrolled('d', one), enrolled('e', two)]],
    ['one of a person, one of none', [enrolled('d', one), enrolled('e')]],
    ['of no person', [enrolled('d'), enrolled('e')]],
    [
      'revoked only from tomorrow on',
      [enrolled('d', one), enrolled('e', { ...two, revoked: { since: NOW + 1, at: 2 } })],
    ],
    ['none that counts', []],
    ['and no hub answers', undefined],
  ])('several, %s → asked which', async (_, known) => {
    await expect(openingKey(kept, wanted(known), NOW)).rejects.toThrow('Several keys of my-post are here');
  });

  it('the one that is named, and the only one → nobody is asked', async () => {
    const others = [enrolled('d', one), enrolled('e', two)];
    expect((await openingKey(kept, wanted(others, party, 'e'), NOW)).kid).toBe('e');
    expect((await openingKey([key('d')], wanted(undefined), NOW)).kid).toBe('d');
  });
});

describe('a key to ask with', () => {
  it.each([
    ['a device goes before a gateway', [key('g', 'gateway'), key('d')], [enrolled('g'), enrolled('d')], 'd'],
    ['a gateway that counts goes before a device that does not', [key('d'), key('g', 'gateway')], [enrolled('g')], 'g'],
    [
      'a revoked one is passed over',
      [key('d'), key('e')],
      [enrolled('d', { revoked: { since: NOW, at: 2 } }), enrolled('e')],
      'e',
    ],
    [
      'one whose revocation is still to come is not',
      [key('d'), key('e')],
      [enrolled('d', { revoked: { since: NOW + 1, at: 2 } }), enrolled('e')],
      'd',
    ],
    ['no hub answers: the first', [key('d'), key('e')], undefined, 'd'],
  ])('%s', async (_, kept, known, kid) => {
    expect((await readingKey(kept, wanted(known), NOW)).kid).toBe(kid);
  });

  it('the one that is named', async () => {
    expect((await readingKey([key('d'), key('e')], wanted([enrolled('d')], party, 'e'), NOW)).kid).toBe('e');
  });
});

describe('a party whose keys are not here', () => {
  it('keys of another are → names it, and no enrolment', async () => {
    await expect(chooseKey([key('one')], wanted([], 'my-pots' as PartyId))).rejects.toMatchObject({
      code: 'key.missing',
      message: 'No device key of my-pots is kept here, and no other key of it; kept here: my-post.',
      cure: expect.not.stringContaining('enrol') as string,
    });
  });

  it('another key of its own is → enrols', async () => {
    await expect(chooseKey([key('root', 'root')], wanted([]))).rejects.toMatchObject({
      cure: expect.stringContaining('unbroken party enrol --as my-post --use device') as string,
    });
  });
});
