// How the protocol writes times, and how they go into the database.

/** The last that was written: one batch's times are few, and written for each of its entries, and more than once. */
let last = { milliseconds: 0, text: new Date(0).toISOString() };

/** Milliseconds since the epoch as RFC 3339 in UTC with milliseconds. */
export function rfc3339(milliseconds: number): string {
  if (milliseconds !== last.milliseconds) last = { milliseconds, text: new Date(milliseconds).toISOString() };
  return last.text;
}

/** The same, where the time may be unknown. */
export const rfc3339OrNull = (milliseconds: number | null): string | null =>
  milliseconds === null ? null : rfc3339(milliseconds);
