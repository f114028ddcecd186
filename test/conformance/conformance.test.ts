// A client written from the protocol's text alone meets the whole system, and they agree on everything it checks.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startStandalone } from '@unbroken/standalone';
import { freshDatabase, freshTopicPrefix, testKafka, waitFor } from '@unbroken/testing';

const program = join(import.meta.dirname, 'conformance.js');

/** What the program checks when it comes to its end. Fewer: it stopped on the way. */
const CHECKS = 123;

/** Starting everything, then some hundred checks that each may wait for the record. */
const LONGEST_MS = 300_000;

let url: string;
let stop: () => Promise<void>;

beforeAll(async () => {
  const [{ brokers }, database, port] = await Promise.all([testKafka(), freshDatabase(), freePort()]);
  const state = mkdtempSync(join(tmpdir(), 'unbroken-conformance-'));
  const system = await startStandalone({
    UNBROKEN_ENV: 'test',
    UNBROKEN_KAFKA_BROKERS: brokers.join(','),
    UNBROKEN_KAFKA_TOPIC_PREFIX: freshTopicPrefix(),
    UNBROKEN_POSTGRES_URL: database.url,
    UNBROKEN_POSTGRES_PASSWORDS: database.passwordsDir,
    UNBROKEN_HTTP_PORT: String(port),
    UNBROKEN_STATE_DIR: state,
    UNBROKEN_LOG_LEVEL: 'error',
  });
  url = system.url;
  stop = async () => {
    await system.stop();
    await database.drop();
    rmSync(state, { recursive: true });
  };
  const ready = async () => (await fetch(`${url}/readyz`)).ok;
  await waitFor(ready, { what: 'all services to be ready', timeoutMs: 60_000 });
}, LONGEST_MS);

afterAll(async () => stop());

describe('a client that shares no code with the system', () => {
  it(
    'plays the protocol over HTTP → every check holds',
    async () => {
      const { code, lines } = await conformance();
      expect(lines.filter((line) => line.startsWith('not ok'))).toEqual([]);
      expect(lines.at(-1)).toBe(`${CHECKS} passed, 0 failed`);
      expect(code).toBe(0);
    },
    LONGEST_MS,
  );
});

/** Runs the program as anybody would, and answers what it printed. */
function conformance(): Promise<{ code: number | null; lines: string[] }> {
  const child = spawn(process.execPath, [program, url], { stdio: ['ignore', 'pipe', 'inherit'] });
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, lines: printed.trimEnd().split('\n') }));
  });
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
