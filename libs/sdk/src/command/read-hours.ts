// Working hours as a person writes them in one word: mon-fri=08:00-16:00.

import { InvalidArgumentError } from 'commander';

const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
type Day = (typeof days)[number];

/** Intervals of local time by weekday, as event `sited` carries them. */
export type Week = Partial<Record<Day, [string, string][]>>;

const isDay = (word: string | undefined): word is Day => (days as readonly (string | undefined)[]).includes(word);

/** Adds what was typed to what was given before. Whether the times make sense is left to the form of the claims. */
export function readHours(typed: string, before: Week = {}): Week {
  const [, first, last = first, from, to] = /^([a-z]{3})(?:-([a-z]{3}))?=(\d\d:\d\d)-(\d\d:\d\d)$/.exec(typed) ?? [];
  const named = isDay(first) && isDay(last) ? days.slice(days.indexOf(first), days.indexOf(last) + 1) : [];
  if (named.length === 0 || from === undefined || to === undefined) {
    throw new InvalidArgumentError('Write days and times as mon-fri=08:00-16:00 or sat=09:00-12:00.');
  }
  const added = named.map((day): [Day, [string, string][]] => [day, [...(before[day] ?? []), [from, to]]]);
  return { ...before, ...Object.fromEntries(added) };
}
