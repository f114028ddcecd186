// The rooms of the dashboard, joined. The process also holds `registryViewModule`.

import { Module } from '@nestjs/common';
import type { DynamicModule, Provider } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { getDataSourceToken } from '@nestjs/typeorm';
import { ChainStore, RegistryView } from '@unbroken/chains';
import { openingProviders } from '@unbroken/intake';
import type { ProcessParts } from '@unbroken/intake';
import { OutboxRelay, Readiness, serviceDatabase } from '@unbroken/platform';
import type { CommonSettings } from '@unbroken/platform';
import type { FastifyInstance } from 'fastify';
import type { DataSource } from 'typeorm';
import { ChainViews } from './chain/chain-views.js';
import { DASHBOARD_DATABASE, DashboardController } from './chains/dashboard.controller.js';
import { Names } from './chains/names.js';
import { HeardConsumer } from './fold/heard.consumer.js';
import { KnownParties } from './fold/known-parties.js';
import { Picture } from './fold/picture.js';
import { RunningRedrawing, RunningRelay, RunningStream } from './lifecycle.js';
import { dashboardMigrations } from './migrations/index.js';
import { serveWebApp, webAppDirectory } from './site/web-app.js';
import { LiveStream } from './stream/live-stream.js';
import { StreamController } from './stream/stream.controller.js';

@Module({})
class DashboardModule {}

const DATABASE = getDataSourceToken('dashboard');
const DATABASE_ASKED = Symbol('the database answers');
const WEB_APP = Symbol('the web app is served');

export function dashboardModule(
  settings: CommonSettings,
  { clock, producer }: ProcessParts,
  directory = webAppDirectory(),
): DynamicModule {
  const providers: Provider[] = [
    { provide: DASHBOARD_DATABASE, useExisting: DATABASE },
    ...openingProviders(clock, DATABASE),
    {
      provide: OutboxRelay,
      inject: [DATABASE],
      useFactory: (dataSource: DataSource) => new RunningRelay({ dataSource, producer, service: 'dashboard' }),
    },
    { provide: ChainStore, inject: [DATABASE], useFactory: (dataSource: DataSource) => new ChainStore(dataSource) },
    { provide: Names, inject: [RegistryView], useFactory: (view: RegistryView) => new Names(view) },
    {
      provide: LiveStream,
      inject: [DATABASE, Names],
      useFactory: (dataSource: DataSource, names: Names) => new RunningStream(dataSource, names),
    },
    {
      provide: Picture,
      inject: [DATABASE, ChainStore, RegistryView, LiveStream],
      useFactory: (dataSource: DataSource, chains: ChainStore, view: RegistryView, stream: LiveStream) =>
        new Picture({ dataSource, chains, view, parties: new KnownParties(), changed: stream.wake }),
    },
    {
      provide: RunningRedrawing,
      inject: [DATABASE, Picture],
      useFactory: (dataSource: DataSource, picture: Picture) => new RunningRedrawing(dataSource, picture),
    },
    {
      provide: ChainViews,
      inject: [DATABASE, ChainStore, RegistryView, Names],
      useFactory: (dataSource: DataSource, chains: ChainStore, view: RegistryView, names: Names) =>
        new ChainViews({ dataSource, chains, view, names, clock }),
    },
    {
      // Made before Nest adds the routes, some of which answer zipped.
      provide: WEB_APP,
      inject: [HttpAdapterHost],
      useFactory: ({ httpAdapter }: HttpAdapterHost) =>
        serveWebApp(httpAdapter.getInstance<FastifyInstance>(), directory),
    },
    {
      provide: DATABASE_ASKED,
      inject: [Readiness, DATABASE],
      useFactory: (readiness: Readiness, dataSource: DataSource) =>
        readiness.register({
          name: 'dashboard postgres',
          check: async () => {
            await dataSource.query('SELECT 1');
            return { ok: true };
          },
        }),
    },
  ];
  return {
    module: DashboardModule,
    imports: [serviceDatabase({ service: 'dashboard', settings, entities: [], migrations: [...dashboardMigrations] })],
    controllers: [DashboardController, StreamController, HeardConsumer],
    providers,
  };
}
