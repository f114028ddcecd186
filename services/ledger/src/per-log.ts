// One thing for each log that a process knows.

import type { LogName } from './logs.js';

export class PerLog<T> {
  readonly #things: Map<LogName, T>;

  private constructor(things: Iterable<readonly [LogName, T]>) {
    this.#things = new Map(things);
  }

  static of<T>(logs: readonly LogName[], make: (log: LogName) => T): PerLog<T> {
    return new PerLog(logs.map((log) => [log, make(log)]));
  }

  /** Made one after the other. */
  static async ofEach<T>(logs: readonly LogName[], make: (log: LogName) => Promise<T>): Promise<PerLog<T>> {
    const all: [LogName, T][] = [];
    for (const log of logs) all.push([log, await make(log)]);
    return new PerLog(all);
  }

  /** @throws RangeError for a log that it was not made for */
  of(log: LogName): T {
    if (!this.#things.has(log)) throw new RangeError(`${log} is none of the logs here`);
    return this.#things.get(log) as T;
  }

  set(log: LogName, thing: T): void {
    this.#things.set(log, thing);
  }

  copy(): PerLog<T> {
    return new PerLog(this.#things);
  }

  get all(): readonly T[] {
    return [...this.#things.values()];
  }
}
