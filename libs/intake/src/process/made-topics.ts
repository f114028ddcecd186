// Makes the topics as soon as Kafka is there: a process that starts before it takes tokens all the same.

import type { OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { topics } from '@unbroken/contracts';
import { Sleeper, backoffMs, ensureTopics } from '@unbroken/platform';
import type { ReadinessCheck } from '@unbroken/platform';
import type { Kafka } from 'kafkajs';
import { intakeLog } from '../intake-log.js';

export class MadeTopics implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #sleeper = new Sleeper();
  #made = false;
  #stopping = false;

  constructor(
    private readonly kafka: Kafka,
    private readonly prefix: string,
  ) {}

  onApplicationBootstrap(): void {
    void this.#make();
  }

  onModuleDestroy(): void {
    this.#stopping = true;
    this.#sleeper.wake();
  }

  get readiness(): ReadinessCheck {
    return {
      name: 'topics',
      check: () => Promise.resolve(this.#made ? { ok: true } : { ok: false, why: 'waits for Kafka to make them' }),
    };
  }

  async #make(): Promise<void> {
    for (let attempt = 1; !this.#made && !this.#stopping; attempt++) {
      try {
        await ensureTopics(this.kafka, topics, this.prefix);
        this.#made = true;
      } catch (error) {
        intakeLog.warn('topics.waiting', { attempt }, error);
        await this.#sleeper.sleep(backoffMs(attempt));
      }
    }
  }
}
