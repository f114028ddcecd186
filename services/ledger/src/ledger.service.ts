// The ledger as a process composes it, alone or beside others.

import type { MakeService } from '@unbroken/intake';
import { LEDGER_GROUP, LEDGER_TRANSPORT } from './append/token-consumer.js';
import { WriterTransport } from './append/writer-transport.js';
import { ledgerModule } from './ledger.module.js';

/** Batches of so many partitions are verified while one of them is in its transaction. */
const PARTITIONS_AT_ONCE = 8;

export const ledgerService: MakeService = (settings, parts) => {
  const transport = new WriterTransport({
    kafka: parts.kafka,
    groupId: LEDGER_GROUP,
    transportId: LEDGER_TRANSPORT,
    prefix: settings.UNBROKEN_KAFKA_TOPIC_PREFIX,
    dead: parts.producer,
    fromBeginning: true,
    partitionsConsumedConcurrently: PARTITIONS_AT_ONCE,
  });
  return { name: 'ledger', module: ledgerModule(settings, parts, transport), transports: () => [transport] };
};
