// A Kafka for one test to break.
import { SetUpError } from '@unbroken/local';

import { privateServer } from './private-server.js';
import type { Breakable } from './private-server.js';
import type { TestKafka } from './test-kafka.js';

export type PrivateKafka = TestKafka & Breakable;

/** A Kafka only this test uses; call stop() at the end. Takes about five seconds to start. */
export async function privateKafka(): Promise<PrivateKafka> {
  const { server, breakable } = await privateServer('kafka');
  if (server.kind === 'kafka') return { brokers: server.brokers, ...breakable };
  throw new SetUpError('part.not-ready', 'Another server than Kafka was started: start the tests again.');
}
