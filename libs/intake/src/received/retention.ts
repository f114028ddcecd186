// Forgets what was received long ago: for seven days the same bytes are known again, after that the ledger knows them.

import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import type { Clock } from '@unbroken/platform';
import type { IntakeGate } from '../gate.js';
import { intakeLog } from '../intake-log.js';
import type { Received } from './received.js';

const EVERY_MS = 10 * 60 * 1000;
const KEPT_MS = 7 * 24 * 60 * 60 * 1000;

export class Retention implements OnApplicationBootstrap, OnApplicationShutdown {
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly service: string,
    private readonly received: Received,
    private readonly clock: Clock,
    private readonly gate?: IntakeGate,
  ) {}

  onApplicationBootstrap(): void {
    this.#timer = setInterval(() => void this.forget(), EVERY_MS);
  }

  onApplicationShutdown(): void {
    clearInterval(this.#timer);
  }

  /** What could not be forgotten now is forgotten the next time. */
  async forget(): Promise<void> {
    const before = new Date(this.clock.now() - KEPT_MS);
    try {
      await this.received.forget(before);
      await this.gate?.forget(before);
    } catch (error) {
      intakeLog.warn('received.kept-longer', { service: this.service }, error);
    }
  }
}
