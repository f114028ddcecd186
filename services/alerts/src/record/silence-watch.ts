// Looks at the clock for those that have to report: silence is news too.

import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { Repeated } from '@unbroken/platform';
import { alertsLog } from '../alerts-log.js';

const POLL_MS = 1_000;

/** Raises and resolves what the clock says; answers whether it did. */
export interface LooksAtClock {
  lookAtClock(): Promise<boolean>;
}

export class SilenceWatch implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #stopping = new AbortController();
  readonly #looking: Repeated;
  #running: Promise<void> | undefined;

  /** `caughtUp` resolves when what was reported before the start has been heard: a restart is no silence. */
  constructor(
    alerts: LooksAtClock,
    private readonly caughtUp: (stopping: AbortSignal) => Promise<void>,
  ) {
    this.#looking = new Repeated({
      doSome: () => alerts.lookAtClock(),
      failed: (error, attempt) => alertsLog.warn('silence.waiting', { attempt }, error),
      pollMs: POLL_MS,
    });
  }

  onApplicationBootstrap(): void {
    this.#running = this.caughtUp(this.#stopping.signal).then(() => this.#looking.start());
  }

  async onModuleDestroy(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
    await this.#looking.stop();
  }
}
