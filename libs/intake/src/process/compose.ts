// One process out of one service or several: what they share is made once, and only here.

import { Module } from '@nestjs/common';
import type { DynamicModule, OnApplicationShutdown } from '@nestjs/common';
import { RegistryView, registryViewModule } from '@unbroken/chains';
import {
  RawProducer,
  Readiness,
  createHttpApp,
  createKafka,
  defineSettings,
  readSettings,
  systemClock,
} from '@unbroken/platform';
import type { Clock, CommonSettings, ServiceParts } from '@unbroken/platform';
import { outcomesTransport } from '../outcomes/outcomes.consumer.js';
import { outcomesModule } from '../outcomes/outcomes.module.js';
import { Outcomes } from '../outcomes/outcomes.js';
import { MadeTopics } from './made-topics.js';
import type { ProcessParts, ServiceRoom } from './service-room.js';

/** How a service is made: `senderService` and its like. */
export type MakeService<Settings extends CommonSettings = CommonSettings> = (
  settings: Settings,
  parts: ProcessParts,
) => ServiceRoom;

@Module({})
class ProcessModule {}

/** Disconnects when nobody publishes any more. */
class ClosingProducer extends RawProducer implements OnApplicationShutdown {
  async onApplicationShutdown(): Promise<void> {
    await this.close();
  }
}

/** The application of these services, to be run by `runService` or `startService`. */
export async function compose<Settings extends CommonSettings>(
  services: readonly MakeService<Settings>[],
  settings: Settings,
  clock: Clock = systemClock,
): Promise<ServiceParts> {
  const prefix = settings.UNBROKEN_KAFKA_TOPIC_PREFIX;
  const kafka = createKafka(settings, settings.UNBROKEN_SERVICE ?? 'unbroken');
  const producer = new ClosingProducer({ kafka, prefix });
  const rooms = services.map((make) => make(settings, { clock, kafka, producer }));
  const answers = rooms.some((room) => room.answers);
  const root: DynamicModule = {
    module: ProcessModule,
    imports: [
      registryViewModule(settings),
      ...(answers ? [outcomesModule(clock)] : []),
      ...rooms.map(({ module }) => module),
    ],
    providers: [
      { provide: ClosingProducer, useValue: producer },
      { provide: MadeTopics, useFactory: () => new MadeTopics(kafka, prefix) },
    ],
  };
  const app = await createHttpApp(root, settings);
  app.get(Readiness).register(app.get(MadeTopics).readiness, ...app.get(RegistryView).readiness);
  const transports = rooms.flatMap((room) => room.transports());
  // It hears all that is recorded, which only those pay for who need it.
  if (!answers) return { app, transports };
  return { app, transports: [outcomesTransport(app.get(Outcomes), { kafka, prefix, dead: producer }), ...transports] };
}

/** One service by itself, as its main.ts runs it. Throws a SettingsError with every mistake in the environment. */
export const composeAlone = (make: MakeService, env: NodeJS.ProcessEnv): Promise<ServiceParts> =>
  compose([make], readSettings(defineSettings({}), env));
