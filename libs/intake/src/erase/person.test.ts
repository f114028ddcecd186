// Whom an erasure is about.

import { Person } from './person.js';

const jane = new Person(['Jane Doe', 'jane@home.example', '+45 12 34 56 78']);

it.each([
  'Jane Doe called.',
  'JANE  DOE',
  'the parcel of jane\ndoe, opened',
  'Write to jane@home.example!',
  'or (jane@home.example).',
  '+4512345678',
  'call (+45) 1234-5678 after noon',
  'call +45 12345678 9 times',
])('%j → about them', (text) => expect(jane.isIn(text)).toBe(true));

it.each([
  'Jane Doerr',
  'Mary-Jane Dove',
  'dejane doe',
  'mary.jane@home.examples',
  'mary.jane@home.example',
  'jane@home.example.org',
  '+45123456789',
  'the parcel is open',
  null,
])('%j → about somebody else', (text) => expect(jane.isIn(text)).toBe(false));

it('a name of three signs, a number of five digits, or none at all → refused: it would erase half of everything', () => {
  expect(() => new Person(['Jo'])).toThrow('names nobody');
  expect(() => new Person([])).toThrow('names nobody');
  for (const number of ['- - - -', '12 34', '+....']) expect(() => new Person([number])).toThrow('names nobody');
});
