// How the protocol writes times, and how they go into the database.

/** Milliseconds since the epoch as RFC 3339 in UTC with milliseconds. */
export const rfc3339 = (milliseconds: number): string => new Date(milliseconds).toISOString();

/** The same, where the time may be unknown. */
export const rfc3339OrNull = (milliseconds: number | null): string | null =>
  milliseconds === null ? null : rfc3339(milliseconds);
