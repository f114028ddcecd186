import { isDue, lastDue } from './nightly-due.js';

const at = (text: string) => Date.parse(`2026-03-${text}:00Z`);

it.each([
  ['02T08:00', '02T02:00'],
  ['02T02:00', '02T02:00'],
  ['02T01:59', '01T02:00'],
])('at %s → the last one was due at %s', (now, due) => {
  expect(lastDue(at(now), 2)).toBe(at(due));
});

it('finished after it was due → not again before the next night; missed → at once', () => {
  expect(isDue(at('02T08:00'), 2, at('02T02:04'))).toBe(false);
  expect(isDue(at('03T02:00'), 2, at('02T02:04'))).toBe(true);
  expect(isDue(at('05T17:00'), 2, at('02T02:04'))).toBe(true);
});
