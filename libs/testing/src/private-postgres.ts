// A Postgres for one test to break.
import { SetUpError } from '@unbroken/local';

import { privateServer } from './private-server.js';
import type { Breakable } from './private-server.js';
import type { TestPostgres } from './test-postgres.js';

export type PrivatePostgres = TestPostgres & Breakable;

/** A Postgres only this test uses, for freshDatabase(server); call stop() at the end. Takes about a second to start. */
export async function privatePostgres(): Promise<PrivatePostgres> {
  const { server, breakable } = await privateServer('postgres');
  if (server.kind === 'postgres') {
    return { adminUrl: server.adminUrl, passwordsDir: server.passwordsFolder, ...breakable };
  }
  throw new SetUpError('part.not-ready', 'Another server than Postgres was started: start the tests again.');
}
