// How long to wait before the next attempt, and a wait that can be cut short.

/** Milliseconds before attempt number `attempt` + 1: doubles from 100 ms up to 5 s. */
export const backoffMs = (attempt: number): number => Math.min(5_000, 100 * 2 ** Math.min(attempt - 1, 10));

/** A wait that `wake` ends early; a `wake` while nobody waits ends the next wait at once, so none is lost. */
export class Sleeper {
  #woken = false;
  #end: (() => void) | undefined;

  wake(): void {
    this.#woken = true;
    this.#end?.();
  }

  /** Returns after `ms` milliseconds or at the next `wake`, whichever comes first. */
  async sleep(ms: number): Promise<void> {
    if (!this.#woken)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        this.#end = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    this.#woken = false;
    this.#end = undefined;
  }
}
