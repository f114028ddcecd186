// Times as people say them: "14:32, 26 min ago". Browsers know how; nothing is shipped for it.

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const dayOfYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
const exact = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'long' });
const distance = new Intl.RelativeTimeFormat('en-GB', { style: 'short' });

const MINUTE = 60_000;
const steps = [
  { unit: 'day', ms: 24 * 60 * MINUTE, from: 36 * 60 * MINUTE },
  { unit: 'hour', ms: 60 * MINUTE, from: 100 * MINUTE },
  { unit: 'minute', ms: MINUTE, from: MINUTE },
] as const;

/** "14:32" on the day of `now`, else "19 Nov, 14:32"; local time. Both in milliseconds since 1970. */
export function clockTime(at: number, now: number): string {
  const [then, today] = [new Date(at), new Date(now)];
  if (then.toDateString() === today.toDateString()) return clock.format(at);
  const date = then.getFullYear() === today.getFullYear() ? day : dayOfYear;
  return `${date.format(at)}, ${clock.format(at)}`;
}

/** "26 min ago", "in 2 hrs", "just now". */
export function timeAway(at: number, now: number): string {
  const away = at - now;
  const step = steps.find(({ from }) => Math.abs(away) >= from);
  if (step === undefined) return 'just now';
  return distance.format(Math.round(away / step.ms), step.unit);
}

/** "14:32, 26 min ago". */
export const clockTimeAndAway = (at: number, now: number): string => `${clockTime(at, now)}, ${timeAway(at, now)}`;

/** With day, seconds and time zone, for whoever has to write it down. */
export const exactTime = (at: number): string => exact.format(at);
