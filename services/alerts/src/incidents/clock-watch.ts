// Looks at the clock for incidents, for as long as the service runs.

import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { Repeated } from '@unbroken/platform';
import { alertsLog } from '../alerts-log.js';
import type { IncidentClocks } from './clock.js';

const POLL_MS = 500;

export class ClockWatch implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #looking: Repeated;

  constructor(clocks: IncidentClocks) {
    this.#looking = new Repeated({
      doSome: () => clocks.lookAtClock(),
      failed: (error, attempt) => alertsLog.warn('incidents.waiting', { attempt }, error),
      pollMs: POLL_MS,
    });
  }

  onApplicationBootstrap(): void {
    this.#looking.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.#looking.stop();
  }
}
