// One at a time: appends of several partitions, of parked tokens and of both logs pass here in the order they came.

export class Turnstile {
  #last: Promise<unknown> = Promise.resolve();

  /** Runs `turn` after everything that was let in before it has ended, however it ended. */
  pass<T>(turn: () => Promise<T>): Promise<T> {
    const passed = this.#last.then(turn);
    this.#last = passed.catch(() => undefined);
    return passed;
  }

  /** Resolves when nobody is inside. */
  async empty(): Promise<void> {
    await this.#last;
  }
}
