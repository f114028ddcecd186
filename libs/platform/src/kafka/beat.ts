// Whoever has read all there is rests, and what comes meanwhile is one batch, at a fraction of the cost (docs/decisions/0045,
// 0051).

/** Milliseconds to rest after a batch that took `tookMs`. */
export type Rest = (tookMs: number) => number;

const REST_TIMES = 4;

/** Several times what the batch took, so that a lone message waits for nobody, but not longer than this. */
export const restAtMost =
  (longestMs: number): Rest =>
  (tookMs) =>
    Math.min(longestMs, REST_TIMES * tookMs);

/** Of views that people look at and no alarm waits for: under load they leave the processor to those that one does wait for. */
export const unhurried = restAtMost(250);

/** Those who rest at the same time go on at the same moment, so that what came meanwhile is fetched, and handled, together. */
export class Beat {
  #goesOnAt = 0;

  constructor(private readonly rest: Rest) {}

  /** How long whoever ends a batch now has to rest; `now` and `tookMs` in milliseconds. */
  after(tookMs: number, now: number): number {
    if (this.#goesOnAt <= now) this.#goesOnAt = now + this.rest(tookMs);
    return this.#goesOnAt - now;
  }
}
