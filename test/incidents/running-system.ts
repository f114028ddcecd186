// The whole product in this process, on a real Kafka and a real Postgres. Only its clock is played.

import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startStandalone } from '@unbroken/standalone';
import { TestClock, freshDatabase, freshTopicPrefix, testKafka, waitFor } from '@unbroken/testing';

export interface RunningSystem {
  readonly url: string;
  readonly clock: TestClock;
  readonly stop: () => Promise<void>;
}

/** Starts every service on a database and topics of its own, at a moment of its clock, and answers when all are ready. */
export async function runningSystem(start: Date): Promise<RunningSystem> {
  const [{ brokers }, database, port] = await Promise.all([testKafka(), freshDatabase(), freePort()]);
  const state = mkdtempSync(join(tmpdir(), 'unbroken-incident-'));
  const clock = new TestClock(start);
  const settings = {
    UNBROKEN_ENV: 'test',
    UNBROKEN_KAFKA_BROKERS: brokers.join(','),
    UNBROKEN_KAFKA_TOPIC_PREFIX: freshTopicPrefix(),
    UNBROKEN_POSTGRES_URL: database.url,
    UNBROKEN_POSTGRES_PASSWORDS: database.passwordsDir,
    UNBROKEN_HTTP_PORT: String(port),
    UNBROKEN_STATE_DIR: state,
    UNBROKEN_LOG_LEVEL: 'error',
  };
  const { url, stop } = await startStandalone(settings, clock);
  const ready = async () => (await fetch(`${url}/readyz`)).ok;
  await waitFor(ready, { what: 'all services to be ready', timeoutMs: 60_000 });
  return {
    url,
    clock,
    stop: async () => {
      await stop();
      await database.drop();
      rmSync(state, { recursive: true });
    },
  };
}

/** A port that nobody listens on; settings of a real process may not ask for any free one. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
