// The dashboard as a process composes it, alone or beside others.

import type { MakeService } from '@unbroken/intake';
import { BatchTransport, unhurried } from '@unbroken/platform';
import { dashboardModule } from './dashboard.module.js';
import { DASHBOARD_GROUP, DASHBOARD_TRANSPORT } from './transport.js';

/** Whatever partitions bring at the same time goes into one transaction. */
const PARTITIONS_AT_ONCE = 8;

export const dashboardService: MakeService = (settings, parts) => ({
  name: 'dashboard',
  module: dashboardModule(settings, parts),
  transports: () => [
    new BatchTransport({
      kafka: parts.kafka,
      groupId: DASHBOARD_GROUP,
      transportId: DASHBOARD_TRANSPORT,
      prefix: settings.UNBROKEN_KAFKA_TOPIC_PREFIX,
      dead: parts.producer,
      fromBeginning: true,
      partitionsConsumedConcurrently: PARTITIONS_AT_ONCE,
      rest: unhurried,
    }),
  ],
});
