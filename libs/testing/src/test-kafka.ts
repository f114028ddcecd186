// The real Kafka that all suites of a run share: suites keep apart by topic prefix.
import { join } from 'node:path';

import { SetUpError, keepServer, testRunFolder, testRunOwner } from '@unbroken/local';

export interface TestKafka {
  /** host:port of each broker. */
  readonly brokers: readonly string[];
}

/**
 * The run's Kafka: the one UNBROKEN_KAFKA_BROKERS names, else one started by the first caller and stopped after the run.
 * Do not break it; privateKafka is for that.
 */
export async function testKafka(): Promise<TestKafka> {
  const named = process.env['UNBROKEN_KAFKA_BROKERS'];
  if (named) return { brokers: named.split(',').map((broker) => broker.trim()) };
  const server = await keepServer('kafka', join(testRunFolder(), 'kafka'), testRunOwner());
  if (server.kind === 'kafka') return { brokers: server.brokers };
  throw new SetUpError('part.not-ready', 'The folder of the run’s Kafka holds another server: start the tests again.');
}
