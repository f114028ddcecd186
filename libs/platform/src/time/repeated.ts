// Work that is taken up again and again until it is stopped: at once while there is more of it, else when woken or at the
// next poll, and after a failure later each time.

import { Sleeper, backoffMs } from './backoff.js';

export interface RepeatedWork {
  /** Does some of it; answers whether there may be more to do at once. */
  readonly doSome: () => Promise<boolean>;
  /** Hears of a failure and how many there were in a row. What it does is done before the next attempt. */
  readonly failed: (error: unknown, attempt: number) => Promise<void> | void;
  /** Milliseconds until it is looked at again when there was no more. */
  readonly pollMs: number;
}

/** Started once and stopped once: what was stopped stays so, even if it is started after that. */
export class Repeated {
  readonly #work: RepeatedWork;
  readonly #sleeper = new Sleeper();
  #isStopping = false;
  #running: Promise<void> | undefined;

  constructor(work: RepeatedWork) {
    this.#work = work;
  }

  /** Returns at once. */
  start(): void {
    this.#running ??= this.#run();
  }

  /** There is something to do: it is done now and not at the next poll. */
  wake(): void {
    this.#sleeper.wake();
  }

  /** Resolves after what is in hand. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#sleeper.wake();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { doSome, failed, pollMs } = this.#work;
    let failures = 0;
    while (!this.#isStopping) {
      try {
        const isMore = await doSome();
        failures = 0;
        if (!isMore) await this.#sleeper.sleep(pollMs);
      } catch (error) {
        failures += 1;
        await failed(error, failures);
        await this.#sleeper.sleep(backoffMs(failures));
      }
    }
  }
}
