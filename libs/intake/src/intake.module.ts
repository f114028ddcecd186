// The intake of one service: its door, its table of what came, and the relay that carries its outbox to Kafka.

import type { BeforeApplicationShutdown, DynamicModule, OnApplicationBootstrap, Type } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { Clock, CommonSettings, RawProducer } from '@unbroken/platform';
import { Outbox, OutboxRelay, Readiness } from '@unbroken/platform';
import type { DataSource } from 'typeorm';
import type { IntakeGate } from './gate.js';
import { tokensController } from './http/tokens.controller.js';
import { Intake } from './intake.js';
import { DuePromises } from './promise/due-promises.js';
import { promiseKey } from './promise/promise-key.js';
import { Promises } from './promise/promises.js';
import { Received } from './received/received.js';
import { Retention } from './received/retention.js';

export interface IntakeOptions {
  /** First part of the path, and the name of the service's database. */
  readonly prefix: string;
  readonly clock: Clock;
  readonly settings: CommonSettings;
  /** Carries the outbox to Kafka; several services of a process may share it. */
  readonly producer: RawProducer;
  /** What holds back what must not pass, and the module that exports it. */
  readonly gate?: { readonly token: Type<IntakeGate>; readonly module: DynamicModule };
}

@Module({})
class IntakeModule {}

const ASKED = Symbol('the database answers');

/** Stops before the database is closed; what comes later waits in the outbox for the next start. */
class RunningRelay extends OutboxRelay implements OnApplicationBootstrap, BeforeApplicationShutdown {
  onApplicationBootstrap(): void {
    this.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.stop();
  }
}

/**
 * POST /<prefix>/v1/tokens. Its database's migrations must include `outboxMigration`, `receivedMigration`,
 * `promisedMigration` and `promisesAskedMigration`, and the process must hold `outcomesModule`. Exports Intake, for a service that signs tokens itself, and OutboxRelay.
 */
export function intakeModule({ prefix, clock, settings, producer, gate }: IntakeOptions): DynamicModule {
  const database = getDataSourceToken(prefix);
  const held = gate === undefined ? [] : [gate.token];
  return {
    module: IntakeModule,
    imports: gate === undefined ? [] : [gate.module],
    controllers: [tokensController(prefix)],
    providers: [
      {
        provide: OutboxRelay,
        inject: [database],
        useFactory: (dataSource: DataSource) => new RunningRelay({ dataSource, producer, service: prefix }),
      },
      {
        provide: Received,
        inject: [database],
        useFactory: (source: DataSource) => new Received(source, new Outbox(), settings.UNBROKEN_PROMISE_HOURS * 3600),
      },
      {
        provide: Promises,
        useFactory: async () =>
          new Promises({
            key: await promiseKey(settings.UNBROKEN_STATE_DIR),
            deployment: settings.UNBROKEN_DEPLOYMENT,
            service: prefix,
          }),
      },
      {
        provide: DuePromises,
        inject: [database, OutboxRelay],
        useFactory: (dataSource: DataSource, relay: OutboxRelay) =>
          new DuePromises({ dataSource, outbox: new Outbox(), relay, clock, service: prefix }),
      },
      {
        provide: Retention,
        inject: [Received, ...held],
        useFactory: (received: Received, gate?: IntakeGate) => new Retention(prefix, received, clock, gate),
      },
      {
        provide: ASKED,
        inject: [Readiness, database],
        useFactory: (readiness: Readiness, dataSource: DataSource) =>
          readiness.register({
            name: `${prefix} postgres`,
            check: async () => {
              await dataSource.query('SELECT 1');
              return { ok: true };
            },
          }),
      },
      {
        provide: Intake,
        inject: [Received, OutboxRelay, ...held],
        useFactory: (received: Received, relay: OutboxRelay, gate?: IntakeGate) =>
          new Intake({ received, relay, clock, gate }),
      },
    ],
    exports: [Intake, OutboxRelay],
  };
}
