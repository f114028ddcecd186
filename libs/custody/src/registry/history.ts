// A value and all it was before, so that anything can be asked as of an earlier size of the log without snapshots.

export interface Dated<T> {
  /** Index of the log entry from which the value counts. */
  readonly at: number;
  readonly value: T;
}

export class History<T> {
  readonly #values: Dated<T>[] = [];

  /** Adds the newest value; indices never decrease. */
  add(at: number, value: T): void {
    this.#values.push({ at, value });
  }

  /** The first value there was, and since when. */
  get first(): Dated<T> | undefined {
    return this.#values[0];
  }

  /** The value as of a log of `size` entries; undefined where there was none yet. */
  asOf(size: number): T | undefined {
    for (let no = this.#values.length - 1; no >= 0; no -= 1) {
      const dated = this.#values[no];
      if (dated !== undefined && dated.at < size) return dated.value;
    }
    return undefined;
  }

  /** Was this a value by then? */
  had(value: T, size: number): boolean {
    return this.#values.some((dated) => dated.at < size && dated.value === value);
  }

  /** Every value there was by then, oldest first. */
  upTo(size: number): T[] {
    return this.#values.filter(({ at }) => at < size).map(({ value }) => value);
  }
}
