// A server for tests does not outlive the process it belongs to, however that ends.
import { spawn } from 'node:child_process';
import { join } from 'node:path';

import { identify, keepServer, postgresAnswers, testRunFolder } from '@unbroken/local';

import { waitFor } from './wait-for.js';

describe('keepServer', () => {
  it('its owner is killed with -9 → the server ends by itself', async () => {
    const owner = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)'], { stdio: 'ignore' });
    const identity = identify(owner.pid ?? 0);
    if (identity === undefined) throw new Error('the owner did not start');
    const server = await keepServer('postgres', join(testRunFolder(), 'orphan'), identity);
    if (server.kind !== 'postgres') throw new Error('asked for Postgres');
    expect(await postgresAnswers(server.adminUrl)).toBe(true);
    owner.kill('SIGKILL');
    const refused = () =>
      postgresAnswers(server.adminUrl).then(
        () => false,
        (error: unknown) => String(error).includes('ECONNREFUSED'),
      );
    expect(await waitFor(refused, { timeoutMs: 30_000, what: 'the orphaned Postgres to end' })).toBe(true);
  }, 150_000);
});
