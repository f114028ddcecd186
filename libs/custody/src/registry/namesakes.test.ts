// Which parties bear a name that people would take for another's.

import { asParty, RegistryStory } from './registry-story.js';
import { readTheSame } from './namesakes.js';

it.each([
  ['Danish Post', 'DANISH  post '],
  ['Danish Post', 'DanishPost'],
  ['Danish Post', 'Danish\u00a0Post'],
  ['Danish Post', 'Dan\u200bish\u00adPost'],
  ['Danish Post', 'Ｄａｎｉｓｈ Ｐｏｓｔ'],
  ['Straße', 'STRASSE'],
  ['Caf\u00e9', 'Cafe\u0301'],
])('%j and %j → read the same', (one, other) => expect(readTheSame(one, other)).toBe(true));

it.each([
  ['Danish Post', 'Danish Posts'],
  ['Danish Post', 'Danish-Post'],
  // With a Cyrillic a: letters that look alike are another matter.
  ['Danish Post', 'D\u0430nish Post'],
])('%j and %j → do not', (one, other) => expect(readTheSame(one, other)).toBe(false));

it('parties of one name → those that are admitted, never the party itself', () => {
  const s = new RegistryStory();
  const ids = (id: string) => s.registry.namesakesOf(asParty(id)).map((party) => party.id);
  s.established('operator', { roles: ['operator'] });
  s.established('post', { name: 'Danish Post' });
  s.established('p0st', { name: 'danish post' });
  expect(ids('p0st')).toEqual([]);
  s.admit('post', ['courier']);
  expect(ids('p0st')).toEqual(['post']);
  expect(ids('post')).toEqual([]);
  expect(ids('nobody')).toEqual([]);
});
