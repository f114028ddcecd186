// Looks again and again for tokens that have waited too long for their key.

import { Sleeper } from '@unbroken/platform';
import type { Duty } from '../append/writer.js';
import { log } from '../log.js';

const EVERY_MS = 1_000;

export class OverdueKeeper implements Duty {
  readonly #refuseOverdue: () => Promise<void>;
  readonly #sleeper = new Sleeper();
  #stopping = false;
  #running: Promise<void> | undefined;

  constructor(refuseOverdue: () => Promise<void>) {
    this.#refuseOverdue = refuseOverdue;
  }

  start(): void {
    this.#stopping = false;
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    this.#sleeper.wake();
    await this.#running;
  }

  async #run(): Promise<void> {
    while (!this.#stopping) {
      try {
        await this.#refuseOverdue();
      } catch (error) {
        log.warn('parked.look-failed', {}, error);
      }
      await this.#sleeper.sleep(EVERY_MS);
    }
  }
}
