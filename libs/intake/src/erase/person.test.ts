// Whom an erasure is about.

import { Person } from './person.js';

const jane = new Person(['Jane Doe', 'jane@home.example', '+45 12 34 56 78']);

it.each([
  'Jane Doe called.',
  'JANE  DOE',
  'the parcel of jane\ndoe, opened',
  'Write to jane@home.example!',
  '+4512345678',
  'call (+45) 1234-5678 after noon',
])('%j → about them', (text) => expect(jane.isIn(text)).toBe(true));

it.each([
  'Jane Doerr',
  'Mary-Jane Dove',
  'dejane doe',
  'mary.jane@home.examples',
  '+45123456789',
  'the parcel is open',
  null,
])('%j → about somebody else', (text) => expect(jane.isIn(text)).toBe(false));

it('a name of three signs, or none at all → refused: it would erase half of everything', () => {
  expect(() => new Person(['Jo'])).toThrow('names nobody');
  expect(() => new Person([])).toThrow('names nobody');
});
