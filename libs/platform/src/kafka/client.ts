// The Kafka client with the retry settings under which a killed broker is found again within seconds of its return.

import { readFileSync } from 'node:fs';
import kafkajs from 'kafkajs';
import type { Kafka, KafkaConfig, logCreator } from 'kafkajs';
import type { CommonSettings } from '../config/common-settings.js';
import { log } from '../log/event-log.js';
import { toldMessage } from '../log/told-error.js';
import './quiet-connections.js';

export interface KafkaSettings extends Partial<Pick<CommonSettings, 'UNBROKEN_KAFKA_TLS_CA'>> {
  /** host:port of each broker. */
  readonly UNBROKEN_KAFKA_BROKERS: readonly string[];
}

/** Also the retries of consumers and admins; a producer's are its own (see RawProducer). */
export const clientRetry = { initialRetryTime: 100, maxRetryTime: 1_000, retries: 20 } as const;

/** A client of the deployment's Kafka. It connects to nothing before it is used. */
export function createKafka(settings: KafkaSettings, clientId: string): Kafka {
  const config: KafkaConfig = {
    clientId,
    brokers: [...settings.UNBROKEN_KAFKA_BROKERS],
    connectionTimeout: 1_000,
    requestTimeout: 10_000,
    retry: clientRetry,
    logLevel: kafkajs.logLevel.ERROR,
    logCreator: tellLibraryErrors,
  };
  const authority = settings.UNBROKEN_KAFKA_TLS_CA;
  return new kafkajs.Kafka(authority === undefined ? config : { ...config, ssl: { ca: readFileSync(authority) } });
}

/** The library reports each failed attempt; what matters of it the platform's own events say, so this is detail. */
const tellLibraryErrors: logCreator = () => (entry) => {
  log.debug('kafka.client', { client: entry.namespace, message: toldMessage(entry.log.message) });
};
