// Time is injected everywhere, so that a test can play days in milliseconds.

/** Milliseconds since the epoch. */
export interface Clock {
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };

/** Nest's injection token of the clock. */
export const CLOCK = Symbol('CLOCK');
