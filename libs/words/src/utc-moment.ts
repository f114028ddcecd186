// Times as they are written for the record: in UTC, with the zone said.

/** "2026-03-02 08:00:05 UTC", of seconds since 1970. */
export const utcMoment = (seconds: number): string =>
  `${new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
