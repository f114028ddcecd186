// Where an entry stands in the record of shipments, when a custody log has ended and another goes on (docs/protocol,
// section 6): all of a successor comes after all of its predecessor. Numbers of custody logs are given once and only grow.

/** So many entries a log may have: at 5,000 a second, 55 years of them. With 1,023 logs before, the sum is still exact. */
const LONGEST = 2 ** 43;
const NUMBERED = /\/custody\/\d{1,3}$/;

/** The number of a custody log, by its origin; 0 for any other log. */
export const custodyNumber = (origin = ''): number =>
  NUMBERED.test(origin) ? Number(origin.slice(origin.lastIndexOf('/') + 1)) : 0;

/** One number to order by, of the log with this origin and the index in it; of the first custody log the index itself. */
export const positionOf = (origin: string | undefined, index: number): number =>
  custodyNumber(origin) * LONGEST + index;
