// The rooms of incidents, joined: who asks, exposures, what people do, and the clock.

import type { InjectionToken, Provider } from '@nestjs/common';
import { ChainStore, RegistryView } from '@unbroken/chains';
import { OutboxRelay } from '@unbroken/platform';
import type { Clock } from '@unbroken/platform';
import type { DataSource } from 'typeorm';
import { AlertsOutbox } from '../alerts/alerts-outbox.js';
import { ClockWatch } from './clock-watch.js';
import { IncidentClocks } from './clock.js';
import { Exposures } from './exposures.js';
import { INCIDENT_DOOR, incidentDoor } from './incident-door.js';
import { Incidents } from './incidents.js';

export const incidentProviders = (clock: Clock, database: InjectionToken): Provider[] => [
  { provide: INCIDENT_DOOR, inject: [RegistryView], useFactory: (view: RegistryView) => incidentDoor(view, clock) },
  { provide: Exposures, inject: [ChainStore], useFactory: (chains: ChainStore) => new Exposures(chains, clock) },
  {
    provide: Incidents,
    inject: [database, AlertsOutbox, OutboxRelay, RegistryView, Exposures],
    useFactory: (
      dataSource: DataSource,
      outbox: AlertsOutbox,
      relay: OutboxRelay,
      view: RegistryView,
      exposures: Exposures,
    ) => new Incidents({ dataSource, outbox, relay, clock, view, exposures }),
  },
  {
    provide: ClockWatch,
    inject: [database, AlertsOutbox, OutboxRelay, RegistryView],
    useFactory: (dataSource: DataSource, outbox: AlertsOutbox, relay: OutboxRelay, { deployment }: RegistryView) =>
      new ClockWatch(new IncidentClocks({ dataSource, outbox, relay, clock, deployment })),
  },
];
