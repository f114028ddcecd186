// Every service in this process, on servers that the test may break. Nobody restarts anything here: what comes back,
// comes back by itself.

import { UnbrokenClient } from '@unbroken/sdk';
import type { FreshDatabase, TestKafka } from '@unbroken/testing';
import { runningSystem } from '../../running-system.js';
import type { RunningSystem } from '../../running-system.js';

export interface InProcess extends RunningSystem {
  readonly client: UnbrokenClient;
}

/** Started, and ready: with topics of its own on this Kafka, in this database. */
export async function startInProcess(kafka: TestKafka, database: FreshDatabase): Promise<InProcess> {
  const system = await runningSystem({ kafka, database });
  return { ...system, client: new UnbrokenClient({ url: system.url }) };
}
