// The alerts service as a process composes it, alone or beside others.

import type { DynamicModule } from '@nestjs/common';
import { BatchTransport } from '@unbroken/platform';
import type { CommonSettings } from '@unbroken/platform';
import { alertsModule } from './alerts.module.js';
import type { SharedParts } from './alerts.module.js';
import { ALERTS_GROUP, ALERTS_TRANSPORT } from './transport.js';

/** Whatever partitions bring at the same time goes into one transaction. */
const PARTITIONS_AT_ONCE = 8;

export interface AlertsService {
  readonly name: 'alerts';
  readonly module: DynamicModule;
  readonly transports: () => BatchTransport[];
}

export const alertsService = (settings: CommonSettings, shared: SharedParts): AlertsService => ({
  name: 'alerts',
  module: alertsModule(settings, shared),
  transports: () => [
    new BatchTransport({
      kafka: shared.kafka,
      groupId: ALERTS_GROUP,
      transportId: ALERTS_TRANSPORT,
      prefix: settings.UNBROKEN_KAFKA_TOPIC_PREFIX,
      dead: shared.producer,
      fromBeginning: true,
      partitionsConsumedConcurrently: PARTITIONS_AT_ONCE,
    }),
  ],
});
