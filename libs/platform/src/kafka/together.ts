// Whoever waits while a transaction is under way goes into the next one together: eight partitions with a few tokens each
// cost one commit and not eight.

interface Waiting<T> {
  readonly items: readonly T[];
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

/** As many items go together at most, so that nobody waits long for a commit. */
const AT_ONCE = 2_000;

export class Together<T> {
  readonly #waiting: Waiting<T>[] = [];
  #isRunning = false;

  /** `work` is never run twice at a time. */
  constructor(private readonly work: (items: readonly T[]) => Promise<void>) {}

  /** Resolves when these items are done; rejects for what went wrong with these alone. */
  do(items: readonly T[]): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ items, resolve, reject });
      if (!this.#isRunning) void this.#run();
    });
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    while (this.#waiting.length > 0) await this.#runSome(this.#next());
    this.#isRunning = false;
  }

  #next(): Waiting<T>[] {
    let count = 0;
    const end = this.#waiting.findIndex(({ items }) => (count += items.length) > AT_ONCE);
    return this.#waiting.splice(0, end < 0 ? this.#waiting.length : Math.max(1, end));
  }

  async #runSome(group: readonly Waiting<T>[]): Promise<void> {
    try {
      await this.work(group.flatMap(({ items }) => items));
      for (const { resolve } of group) resolve();
    } catch (error) {
      const [only, ...others] = group;
      if (others.length === 0) only?.reject(error);
      // What one of them cannot do must not fail the others.
      else for (const one of group) await this.#runSome([one]);
    }
  }
}
