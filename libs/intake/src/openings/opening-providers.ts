// Who opens something, and that it is kept, in a service whose outbox tells the ledger.

import type { InjectionToken, Provider } from '@nestjs/common';
import { RegistryView } from '@unbroken/chains';
import { OutboxRelay } from '@unbroken/platform';
import type { Clock } from '@unbroken/platform';
import type { DataSource } from 'typeorm';
import { Openings, openingsByOutbox } from './openings.js';
import { Readers } from './readers.js';

/** `database` is that of the outbox; the module also provides its OutboxRelay. */
export const openingProviders = (clock: Clock, database: InjectionToken): Provider[] => [
  { provide: Readers, inject: [RegistryView], useFactory: (view: RegistryView) => new Readers(view, clock) },
  {
    provide: Openings,
    inject: [database, OutboxRelay],
    useFactory: (dataSource: DataSource, relay: OutboxRelay) =>
      new Openings(openingsByOutbox(dataSource, relay), clock),
  },
];
