// The whole product in this process, on a real Kafka and a real Postgres: those of the test run unless a test brings
// ones that it may break. Only the clock may be played.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@unbroken/local';
import { startStandalone } from '@unbroken/standalone';
import { freshDatabase, freshTopicPrefix, testKafka, waitFor } from '@unbroken/testing';
import type { FreshDatabase, TestClock, TestKafka } from '@unbroken/testing';

export interface SystemParts {
  readonly clock?: TestClock;
  readonly kafka?: TestKafka;
  /** Stays when the system stops; without one, the system has its own and drops it. */
  readonly database?: FreshDatabase;
}

export interface RunningSystem {
  readonly url: string;
  readonly brokers: readonly string[];
  /** Of the names of its topics. */
  readonly prefix: string;
  /** As a command of the operator is given them. */
  readonly env: NodeJS.ProcessEnv;
  readonly stop: () => Promise<void>;
}

/** Starts every service with topics of its own and answers when all are ready. */
export async function runningSystem({ clock, kafka, database }: SystemParts = {}): Promise<RunningSystem> {
  const { brokers } = kafka ?? (await testKafka());
  const store = database ?? (await freshDatabase());
  const state = mkdtempSync(join(tmpdir(), 'unbroken-system-'));
  const prefix = freshTopicPrefix();
  const settings = {
    UNBROKEN_ENV: 'test',
    UNBROKEN_KAFKA_BROKERS: brokers.join(','),
    UNBROKEN_KAFKA_TOPIC_PREFIX: prefix,
    UNBROKEN_POSTGRES_URL: store.url,
    UNBROKEN_POSTGRES_PASSWORDS: store.passwordsDir,
    UNBROKEN_HTTP_PORT: String(await freePort()),
    UNBROKEN_STATE_DIR: state,
    UNBROKEN_LOG_LEVEL: 'error',
  };
  const { url, stop } = await startStandalone(settings, clock);
  const ready = async () => (await fetch(`${url}/readyz`)).ok;
  await waitFor(ready, { what: 'all services to be ready', timeoutMs: 60_000 });
  return {
    url,
    brokers,
    prefix,
    env: settings,
    stop: async () => {
      await stop();
      if (store !== database) await store.drop();
      rmSync(state, { recursive: true });
    },
  };
}
