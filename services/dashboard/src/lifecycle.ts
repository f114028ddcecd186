// What runs beside requests and consumers: started with the application, stopped before its database is closed.

import type { BeforeApplicationShutdown, OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { OutboxRelay } from '@unbroken/platform';
import { Redrawing } from './fold/redrawing.js';
import { LiveStream } from './stream/live-stream.js';

/** Stopped first of all, for the server waits for every answer to end. */
export class RunningStream extends LiveStream implements OnApplicationBootstrap, OnModuleDestroy {
  onApplicationBootstrap(): void {
    this.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.stop();
  }
}

export class RunningRedrawing extends Redrawing implements OnApplicationBootstrap, OnModuleDestroy {
  onApplicationBootstrap(): void {
    this.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.stop();
  }
}

/** What is opened after it stopped waits in the outbox for the next start. */
export class RunningRelay extends OutboxRelay implements OnApplicationBootstrap, BeforeApplicationShutdown {
  onApplicationBootstrap(): void {
    this.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.stop();
  }
}
