// The rooms of the alerts service, joined. The process also holds `registryViewModule`.

import { Module } from '@nestjs/common';
import type { DynamicModule, Provider } from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import { ChainStore, RegistryView } from '@unbroken/chains';
import { openingProviders } from '@unbroken/intake';
import { CLOCK, OutboxRelay, Readiness, serviceDatabase } from '@unbroken/platform';
import type { Clock, CommonSettings, RawProducer } from '@unbroken/platform';
import type { Kafka } from 'kafkajs';
import type { DataSource } from 'typeorm';
import { Alerts } from './alerts/alerts.js';
import { AlertsOutbox } from './alerts/alerts-outbox.js';
import { AlertsController } from './alerts/alerts.controller.js';
import { ShowAlerts } from './alerts/show-alerts.js';
import { caughtUp } from './deadlines/caught-up.js';
import { Keeper } from './deadlines/keeper.js';
import { ExposureController } from './incidents/exposure.controller.js';
import { incidentProviders } from './incidents/incident-providers.js';
import { IncidentsController } from './incidents/incidents.controller.js';
import { Judging } from './judge/judging.js';
import { RecordedConsumer } from './judge/recorded.consumer.js';
import { RefusedConsumer } from './judge/refused.consumer.js';
import { RegistryConsumer } from './judge/registry.consumer.js';
import { RunningKeeper, RunningRelay } from './lifecycle.js';
import { alertsMigrations } from './migrations/index.js';
import { CONTACTS } from './notify/contacts/contact.js';
import type { Contacts } from './notify/contacts/contact.js';
import { notifyProviders } from './notify/notify-providers.js';
import { PipelineAlerts } from './pipelines/pipeline-alerts.js';
import type { PipelineAlertsParts } from './pipelines/pipeline-alerts.js';
import { Pipelines } from './pipelines/pipelines.js';
import { HeartbeatsConsumer } from './record/heartbeats.consumer.js';
import { RecordAlerts } from './record/record-alerts.js';
import type { RecordAlertsParts } from './record/record-alerts.js';
import { SilenceWatch } from './record/silence-watch.js';
import { LogKeysHeard } from './split-views/log-keys-heard.js';
import { SplitViews } from './split-views/split-views.js';
import { SplitViewsController } from './split-views/split-views.controller.js';
import { ALERTS_GROUP } from './transport.js';

/** What the services of one process share. */
export interface SharedParts {
  readonly clock: Clock;
  readonly kafka: Kafka;
  readonly producer: RawProducer;
}

@Module({})
class AlertsModule {}

const DATABASE = getDataSourceToken('alerts');
const SILENCE_PARTS = Symbol('what alerts of silence are raised with');
const PIPELINE_WATCH = Symbol('looks for pipelines that have fallen silent');
const DATABASE_ASKED = Symbol('the database answers');

export function alertsModule(settings: CommonSettings, { clock, kafka, producer }: SharedParts): DynamicModule {
  const prefix = settings.UNBROKEN_KAFKA_TOPIC_PREFIX;
  const providers: Provider[] = [
    ...notifyProviders(settings, clock, DATABASE),
    ...incidentProviders(clock, DATABASE),
    ...openingProviders(clock, DATABASE),
    { provide: CLOCK, useValue: clock },
    { provide: Pipelines, useFactory: () => new Pipelines() },
    {
      provide: OutboxRelay,
      inject: [DATABASE],
      useFactory: (dataSource: DataSource) => new RunningRelay({ dataSource, producer, service: 'alerts' }),
    },
    { provide: ChainStore, inject: [DATABASE], useFactory: (dataSource: DataSource) => new ChainStore(dataSource) },
    {
      provide: Judging,
      inject: [DATABASE, ChainStore, RegistryView, AlertsOutbox, OutboxRelay, Pipelines],
      useFactory: (
        dataSource: DataSource,
        chains: ChainStore,
        view: RegistryView,
        outbox: AlertsOutbox,
        relay: OutboxRelay,
        pipelines: Pipelines,
      ) => new Judging({ dataSource, chains, view, outbox, relay, clock, pipelines }),
    },
    {
      provide: Keeper,
      inject: [DATABASE, ChainStore, Judging, AlertsOutbox],
      useFactory: (dataSource: DataSource, chains: ChainStore, judging: Judging, outbox: AlertsOutbox) =>
        new RunningKeeper({
          dataSource,
          chains,
          judging,
          outbox,
          clock,
          caughtUp: (stopping) =>
            caughtUp({ kafka, prefix, groupId: ALERTS_GROUP, topic: 'custody.recorded.v1' }, stopping),
        }),
    },
    {
      provide: Alerts,
      inject: [DATABASE, AlertsOutbox, OutboxRelay, RegistryView, CONTACTS],
      useFactory: (
        dataSource: DataSource,
        outbox: AlertsOutbox,
        relay: OutboxRelay,
        view: RegistryView,
        contacts: Contacts,
      ) => new Alerts({ dataSource, outbox, relay, clock, view, contacts }),
    },
    { provide: LogKeysHeard, useFactory: () => new LogKeysHeard({ kafka, prefix }) },
    {
      provide: SplitViews,
      inject: [DATABASE, AlertsOutbox, OutboxRelay, LogKeysHeard, RegistryView],
      useFactory: (
        dataSource: DataSource,
        outbox: AlertsOutbox,
        relay: OutboxRelay,
        keys: LogKeysHeard,
        { registry }: RegistryView,
      ) => new SplitViews({ dataSource, outbox, relay, clock, keys, operator: registry.pinned.operator }),
    },
    {
      provide: SILENCE_PARTS,
      inject: [DATABASE, AlertsOutbox, OutboxRelay, RegistryView],
      useFactory: (
        dataSource: DataSource,
        outbox: AlertsOutbox,
        relay: OutboxRelay,
        { deployment, registry }: RegistryView,
      ): RecordAlertsParts & PipelineAlertsParts => ({
        dataSource,
        outbox,
        relay,
        clock,
        deployment,
        operator: registry.pinned.operator,
      }),
    },
    {
      provide: RecordAlerts,
      inject: [SILENCE_PARTS],
      useFactory: (parts: RecordAlertsParts) => new RecordAlerts(parts),
    },
    {
      provide: SilenceWatch,
      inject: [RecordAlerts],
      useFactory: (record: RecordAlerts) =>
        new SilenceWatch(record, (stopping) =>
          caughtUp({ kafka, prefix, groupId: ALERTS_GROUP, topic: 'platform.heartbeats.v1' }, stopping),
        ),
    },
    {
      provide: PIPELINE_WATCH,
      inject: [SILENCE_PARTS],
      useFactory: (parts: PipelineAlertsParts) =>
        new SilenceWatch(new PipelineAlerts(parts), (stopping) =>
          caughtUp({ kafka, prefix, groupId: ALERTS_GROUP, topic: 'custody.recorded.v1' }, stopping),
        ),
    },
    {
      provide: ShowAlerts,
      inject: [ChainStore, RegistryView],
      useFactory: (chains: ChainStore, view: RegistryView) => new ShowAlerts(chains, view),
    },
    {
      provide: DATABASE_ASKED,
      inject: [Readiness, DATABASE],
      useFactory: (readiness: Readiness, dataSource: DataSource) =>
        readiness.register({
          name: 'alerts postgres',
          check: async () => {
            await dataSource.query('SELECT 1');
            return { ok: true };
          },
        }),
    },
  ];
  return {
    module: AlertsModule,
    imports: [
      serviceDatabase({
        service: 'alerts',
        settings,
        entities: [],
        migrations: [...alertsMigrations],
      }),
    ],
    controllers: [
      AlertsController,
      ExposureController,
      IncidentsController,
      SplitViewsController,
      HeartbeatsConsumer,
      RecordedConsumer,
      RefusedConsumer,
      RegistryConsumer,
    ],
    providers,
  };
}
