// Keeps a consumer in its group while a handler works longer than the session lasts.

import type { EachBatchPayload } from 'kafkajs';
import { Sleeper } from '../time/backoff.js';
import { isError } from '../log/is-error.js';

export const HEARTBEAT_MS = 500;

/** The consumer stops: its batch stays uncommitted and comes again at the next start. */
export class BatchGivenBack extends Error {
  override readonly name = 'BatchGivenBack';
}

export class Heartbeats {
  readonly #payload: Pick<EachBatchPayload, 'heartbeat' | 'isRunning' | 'isStale'>;
  readonly #timer: NodeJS.Timeout;
  readonly #sleeper = new Sleeper();
  #failure: Error | undefined;

  constructor(payload: Pick<EachBatchPayload, 'heartbeat' | 'isRunning' | 'isStale'>) {
    this.#payload = payload;
    this.#timer = setInterval(() => void this.#beat(), HEARTBEAT_MS);
  }

  /**
   * Waits `ms` milliseconds. Throws the client's own error when the group rebalances or the broker is gone, so that
   * the client joins again, and BatchGivenBack when the consumer stops.
   */
  async rest(ms: number): Promise<void> {
    this.#throwIfOver();
    await this.#sleeper.sleep(ms);
    this.#throwIfOver();
  }

  end(): void {
    clearInterval(this.#timer);
  }

  async #beat(): Promise<void> {
    if (!this.#payload.isRunning()) {
      this.#sleeper.wake();
      return;
    }
    try {
      await this.#payload.heartbeat();
    } catch (error) {
      this.#failure = isError(error) ? error : new Error('heartbeat failed');
      this.#sleeper.wake();
    }
  }

  #throwIfOver(): void {
    if (this.#failure !== undefined) throw this.#failure;
    if (!this.#payload.isRunning() || this.#payload.isStale()) throw new BatchGivenBack();
  }
}
