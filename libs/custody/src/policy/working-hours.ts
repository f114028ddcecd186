// Working hours of a place, and deadlines counted in them. Local clock times become instants day by day, so that a
// day on which the clocks change counts the seconds that really pass.

import { DateTime, IANAZone } from 'luxon';
import { z } from 'zod';

const WEEK = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
/** Further than this nobody plans; it also bounds the work that a calendar of minutes a week can cause. */
const HORIZON_DAYS = 3660;

const interval = z
  .tuple([z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/), z.string().regex(/^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/)])
  .refine(([from, to]) => from < to, { error: 'an interval must end after it begins' });
type Interval = z.infer<typeof interval>;

const inOrder = (day: readonly Interval[]): Interval[] => day.toSorted(([a], [b]) => (a < b ? -1 : 1));

const day = z
  .array(interval)
  .max(12)
  .refine((intervals) => inOrder(intervals).every(([from], i, all) => from >= (all[i - 1]?.[1] ?? '')), {
    error: 'intervals of a day must not overlap',
  })
  .optional();

const week = z
  .strictObject({ mon: day, tue: day, wed: day, thu: day, fri: day, sat: day, sun: day })
  .refine((days) => WEEK.some((name) => (days[name]?.length ?? 0) > 0), {
    error: 'at least one day must have working hours',
  });

/** When people work at a place: intervals of local time by weekday, and the dates on which nobody does. */
export const workingHours = z.strictObject({
  /** IANA time zone name. */
  tz: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9_+-]{0,30}(?:\/[A-Za-z0-9_+-]{1,30}){0,2}$/)
    .refine((name) => IANAZone.isValidZone(name), { error: 'not a time zone of the IANA database' }),
  week,
  /** Local ISO dates. */
  closed: z.array(z.iso.date()).max(1000).optional(),
});
export type WorkingHours = z.infer<typeof workingHours>;

/**
 * The moment at which `seconds` of working time have passed since `start` (both seconds since the epoch). A deadline
 * that ends with the working day falls on its last second, not on the next morning. Looks ten years ahead at most: what
 * has not passed by then falls due there.
 */
export function addWorkingSeconds(start: number, seconds: number, hours: WorkingHours): number {
  if (seconds <= 0) return start;
  const closed = new Set(hours.closed);
  let remaining = seconds;
  let reached = start;
  let date = DateTime.fromSeconds(start, { zone: hours.tz }).startOf('day');
  for (let days = 0; days <= HORIZON_DAYS; days += 1) {
    for (const [from, to] of closed.has(date.toISODate() ?? '') ? [] : intervalsOf(date, hours)) {
      const begins = Math.max(reached, instantOf(date, from));
      const open = instantOf(date, to) - begins;
      if (open <= 0) continue;
      if (remaining <= open) return begins + remaining;
      remaining -= open;
      reached = begins + open;
    }
    date = date.plus({ days: 1 }).startOf('day');
  }
  return Math.max(start, date.toSeconds());
}

function intervalsOf(date: DateTime, { week }: WorkingHours): Interval[] {
  const name = WEEK[date.weekday - 1];
  return inOrder((name && week[name]) ?? []);
}

function instantOf(date: DateTime, time: string): number {
  if (time === '24:00') return date.plus({ days: 1 }).startOf('day').toSeconds();
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  const at = date.set({ hour, minute });
  // A time that the clocks skip means the moment they jump, which is on the hour.
  const skipped = at.hour !== hour || at.minute !== minute;
  return (skipped ? at.startOf('hour') : at).toSeconds();
}
