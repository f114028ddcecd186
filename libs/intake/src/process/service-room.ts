// How a service is composed into a process, alone or beside others.

import type { DynamicModule } from '@nestjs/common';
import type { BatchTransport, Clock, RawProducer } from '@unbroken/platform';
import type { Kafka } from 'kafkajs';

/** What the services of one process share. The process also holds `registryViewModule`. */
export interface ProcessParts {
  readonly clock: Clock;
  readonly kafka: Kafka;
  readonly producer: RawProducer;
}

/** One service: its Nest module and the transports of its consumers, made when the application is. */
export interface ServiceRoom {
  readonly name: string;
  readonly module: DynamicModule;
  readonly transports: () => BatchTransport[];
  /** It has a door for tokens and answers what became of them: its process holds `outcomesModule`, too. */
  readonly answers?: true;
}
