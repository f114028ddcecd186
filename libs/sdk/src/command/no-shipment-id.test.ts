// A parcel's id that is mistyped says what is wrong with it.

import { problem } from '../fixture/answering-hub.js';
import { AtTerminal } from '../fixture/at-terminal.js';
import { chains } from '../fixture/doubting-hub.js';

let person: AtTerminal;

beforeEach(async () => (person = await AtTerminal.sitDown()));
afterEach(() => person.leave());

it.each([
  ['one too few', '7K2M-9QX4-T1B8-ZC3V', 'this has 16: 1 too few'],
  ['two too many, in small letters', '7k2m-9qx4-t1b8-zc3v-2x9-', 'this has 19: 2 too many'],
  ['a letter that no id has', '7K2M-9QX4-T1U8-ZC3V-2', 'has no "U"'],
  ['one character mistyped', '7K2M-9QX4-T1B8-ZC3V-3', 'Its last character, 3, is a check, and does not fit'],
  ['the same in small letters', '7k2m-9qx4-t1b8-zc3v-3', 'Its last character, 3, is a check, and does not fit'],
])('%s → exit code 2, says so and what to do', async (_, typed, says) => {
  expect(await person.types(['chain', typed])).toBe(2);
  expect(person.err).toContain(says);
  expect(person.err).toContain('Compare it with the label');
});

it('in small letters → read', async () => {
  expect(await person.typesTo({}, 'chain', '7k2m9qx4t1b8zc3v2')).toBe(1);
  expect(person.asked[0]?.path).toContain('7K2M9QX4T1B8ZC3V2');
});

it.each([
  ['a parcel’s, with one too few', '7k2m-9qx4-t1b8-zc3v', true],
  ['a party’s', 'danish-post', false],
])('of the form of a party’s id, unknown here, and perhaps %s → says so: %s', async (_, typed, isSaid) => {
  const answers = { [`${chains}${typed}`]: problem(404, 'chain.unknown', 'Nothing of it.') };
  expect(await person.typesTo(answers, 'chain', typed)).toBe(1);
  expect(person.err).toContain('chain.unknown');
  expect(person.err.includes('Compare it with the label')).toBe(isSaid);
});
