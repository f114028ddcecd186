// Every service in this process, on servers that the test may break. Nobody restarts anything here: what comes back,
// comes back by itself.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UnbrokenClient } from '@unbroken/sdk';
import { startStandalone } from '@unbroken/standalone';
import { freshTopicPrefix, waitFor } from '@unbroken/testing';
import type { FreshDatabase, TestKafka } from '@unbroken/testing';
import { freePort } from '../../../deploy/local/machine/ports.js';

export interface InProcess {
  readonly url: string;
  readonly client: UnbrokenClient;
  readonly brokers: readonly string[];
  /** Of the names of its topics and consumer groups. */
  readonly prefix: string;
  readonly stop: () => Promise<void>;
}

/** Started, and ready: with topics of its own on this Kafka, in this database. */
export async function startInProcess({ brokers }: TestKafka, database: FreshDatabase): Promise<InProcess> {
  const state = mkdtempSync(join(tmpdir(), 'unbroken-'));
  const prefix = freshTopicPrefix();
  const { url, stop } = await startStandalone({
    UNBROKEN_ENV: 'test',
    UNBROKEN_KAFKA_BROKERS: brokers.join(','),
    UNBROKEN_KAFKA_TOPIC_PREFIX: prefix,
    UNBROKEN_POSTGRES_URL: database.url,
    UNBROKEN_POSTGRES_PASSWORDS: database.passwordsDir,
    UNBROKEN_HTTP_PORT: String(await freePort()),
    UNBROKEN_STATE_DIR: state,
    UNBROKEN_LOG_LEVEL: 'error',
  });
  const ready = async () => (await fetch(`${url}/readyz`)).ok;
  await waitFor(ready, { what: 'all services to be ready', timeoutMs: 60_000 });
  return {
    url,
    client: new UnbrokenClient({ url }),
    brokers,
    prefix,
    stop: async () => {
      await stop();
      rmSync(state, { recursive: true });
    },
  };
}
