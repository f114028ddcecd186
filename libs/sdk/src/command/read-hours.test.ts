import { readHours } from './read-hours.js';

it('a span of days → the same hours on each of them', () => {
  expect(readHours('thu-fri=08:00-16:00')).toEqual({ thu: [['08:00', '16:00']], fri: [['08:00', '16:00']] });
});

it('given twice for a day → both intervals, in the order given', () => {
  expect(readHours('mon=13:00-16:00', readHours('mon=08:00-12:00'))).toEqual({
    mon: [
      ['08:00', '12:00'],
      ['13:00', '16:00'],
    ],
  });
});

it.each(['08:00-16:00', 'mon=8-16', 'foo=08:00-16:00', 'mon-foo=08:00-16:00', 'fri-mon=08:00-16:00'])(
  '%s → refused with the form',
  (typed) => expect(() => readHours(typed)).toThrow(/mon-fri=08:00-16:00/),
);
