// What runs beside requests: started with the application, stopped before its database is closed.

import type {
  BeforeApplicationShutdown,
  FactoryProvider,
  InjectionToken,
  OnApplicationBootstrap,
} from '@nestjs/common';

export interface Beside {
  /** Left out by what begins with a request. */
  start?(): void;
  stop(): Promise<void>;
}

class Running implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(private readonly work: Beside) {}

  onApplicationBootstrap(): void {
    this.work.start?.();
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.work.stop();
  }
}

/** Runs what is provided under the token. */
export const runningBeside = (token: InjectionToken<Beside>): FactoryProvider => ({
  provide: Symbol('runs beside requests'),
  inject: [token],
  useFactory: (work: Beside) => new Running(work),
});
