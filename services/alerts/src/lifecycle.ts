// What runs beside requests and consumers: started with the application, stopped before its database is closed.

import type { BeforeApplicationShutdown, OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { OutboxRelay } from '@unbroken/platform';
import { Keeper } from './deadlines/keeper.js';
import { Escalating } from './notify/decide/escalate.js';
import { Sending } from './notify/send/sending.js';

export class RunningKeeper extends Keeper implements OnApplicationBootstrap, OnModuleDestroy {
  onApplicationBootstrap(): void {
    this.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.stop();
  }
}

/** What is decided after it stopped waits in the outbox for the next start. */
export class RunningRelay extends OutboxRelay implements OnApplicationBootstrap, BeforeApplicationShutdown {
  onApplicationBootstrap(): void {
    this.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.stop();
  }
}

export class RunningEscalating extends Escalating implements OnApplicationBootstrap, OnModuleDestroy {
  onApplicationBootstrap(): void {
    this.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.stop();
  }
}

export class RunningSending extends Sending implements OnApplicationBootstrap, BeforeApplicationShutdown {
  onApplicationBootstrap(): void {
    this.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.stop();
  }
}
