// The one thing tests may fake: time, which stands still until it is told to move.

export class TestClock {
  #now: number;

  /** @param start the moment it shows first */
  constructor(start: Date | number = new Date('2026-03-02T08:00:00Z')) {
    this.#now = Number(start);
  }

  /** Milliseconds since 1970. */
  now(): number {
    return this.#now;
  }

  advance(ms: number): void {
    this.#now += ms;
  }

  set(date: Date | number): void {
    this.#now = Number(date);
  }
}
