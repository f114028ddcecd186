// A scan that has not come yet was read with the wrong zone or the wrong form.

/** Seconds that a clock may be ahead (docs/protocol, section 5, `clock.drift`). */
const TOLERATED_S = 300;

/** Both in seconds since 1970. */
export const isAhead = (when: number, now: number): boolean => when > now + TOLERATED_S;
