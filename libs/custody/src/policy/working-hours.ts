// Working hours of a place, as a site or a policy declares them.

import { IANAZone } from 'luxon';
import { z } from 'zod';

export const WEEK = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

const interval = z
  .tuple([z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/), z.string().regex(/^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/)])
  .refine(([from, to]) => from < to, { error: 'an interval must end after it begins' });
export type Interval = z.infer<typeof interval>;

/** By when they begin. */
export const inOrder = (day: readonly Interval[]): Interval[] => day.toSorted(([a], [b]) => (a < b ? -1 : 1));

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
