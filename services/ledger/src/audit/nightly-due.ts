// When an audit is due: every night at one hour, UTC. A night that nobody was there for is made up for at once. Pure.

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;

/** The latest moment up to `now` at which an audit was to begin; both in milliseconds since the epoch. */
export function lastDue(now: number, hour: number): number {
  const today = Math.floor(now / DAY_MS) * DAY_MS + hour * HOUR_MS;
  return today <= now ? today : today - DAY_MS;
}

/** Whether nothing was finished since an audit was due. */
export const isDue = (now: number, hour: number, lastEnded: number): boolean => lastEnded < lastDue(now, hour);
