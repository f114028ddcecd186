// When somebody does not want to be woken, and what wakes them all the same.

import type { AlertCode, Severity } from '@unbroken/contracts';
import { DateTime, IANAZone } from 'luxon';
import { z } from 'zod';

const time = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'is not a time of the form 22:00');

/** Each day from `from` until `to`, over midnight where `to` is not later; local time. */
export const quietHours = z
  .strictObject({
    zone: z.string().refine((name) => IANAZone.isValidZone(name), 'is not a time zone of the IANA database'),
    from: time,
    to: time,
  })
  .refine(({ from, to }) => from !== to, { error: 'is quiet all day: leave the contact out', path: ['to'] });
export type QuietHours = z.infer<typeof quietHours>;

/**
 * What is told at any hour whatever its severity: something may be in wrong hands, open or copied, the record itself is in
 * doubt, or the law counts hours. The sooner somebody calls, the less has happened.
 */
const AT_ANY_HOUR: readonly string[] = [
  'misdelivery.',
  'parcel.stolen',
  'parcel.opened',
  'parcel.lost',
  'seal.broken',
  'seal.missing',
  'digital.wrong-party',
  'dispatch.break-glass',
  'exposure.',
  'incident.',
  'log.',
];

/** Whether it waits for nobody's morning. */
export const isUrgent = (code: AlertCode, severity: Severity): boolean =>
  severity === 'critical' || AT_ANY_HOUR.some((beginning) => code.startsWith(beginning));

/** The end of the quiet hours that `at` lies in; `at` itself where it lies in none. Milliseconds. */
export function endOfQuiet({ zone, from, to }: QuietHours, at: number): number {
  const local = DateTime.fromMillis(at, { zone });
  // Hours that begin the evening before, and those of today. Where the clocks change, luxon's: an hour that there is not
  // ends when it would have.
  for (const day of [local.minus({ days: 1 }), local]) {
    const begins = onDay(day, from);
    const ends = onDay(from < to ? day : day.plus({ days: 1 }), to);
    if (begins <= local && local < ends) return ends.toMillis();
  }
  return at;
}

function onDay(day: DateTime, clock: string): DateTime {
  const [hour = 0, minute = 0] = clock.split(':').map(Number);
  return day.set({ hour, minute, second: 0, millisecond: 0 });
}
