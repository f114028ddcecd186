// How long a contact that was not reached is given before it is tried again, and when it is given up.

const FIRST_MS = 1_000;
const LONGEST_MS = 3_600_000;

/** Milliseconds after attempt number `tries`: doubles from a second up to an hour. */
export const pauseMs = (tries: number): number => Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(tries - 1, 20));

/** It is tried for so long, which with these pauses are 35 attempts. */
export const GIVEN_UP_AFTER_MS = 24 * 3_600_000;

/** Not reached for so long, it is the operator's to look at. */
export const UNREACHED_AFTER_MS = 3_600_000;
