// Provides Outcomes to every service of the process.

import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import type { Clock } from '@unbroken/platform';
import { Outcomes } from './outcomes.js';
import { OutcomesConsumer } from './outcomes.consumer.js';

@Module({})
class OutcomesModule {}

/** Once in a process, together with `outcomesTransport`. */
export const outcomesModule = (clock: Clock): DynamicModule => ({
  module: OutcomesModule,
  global: true,
  controllers: [OutcomesConsumer],
  providers: [{ provide: Outcomes, useFactory: () => new Outcomes(clock) }],
  exports: [Outcomes],
});
