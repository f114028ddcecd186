// The whole product in this process with its cast settled, beside a raw hand on its topics.

import { freshDatabase, testKafka } from '@unbroken/testing';
import type { Kafka } from 'kafkajs';
import { settleCast } from '../e2e/cast/cast.js';
import type { Cast } from '../e2e/cast/cast.js';
import { startInProcess } from '../e2e/system/in-process.js';
import type { InProcess } from '../e2e/system/in-process.js';
import { rawKafka } from './topic-records.js';

export interface ToldHouse {
  readonly system: InProcess;
  readonly cast: Cast;
  readonly kafka: Kafka;
  readonly close: () => Promise<void>;
}

export async function toldHouse(): Promise<ToldHouse> {
  const [servers, database] = await Promise.all([testKafka(), freshDatabase()]);
  const system = await startInProcess(servers, database);
  const close = async () => {
    await system.stop();
    await database.drop();
  };
  return { system, cast: await settleCast(system.client), kafka: rawKafka(servers.brokers), close };
}
