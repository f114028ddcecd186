// The real Postgres that all suites of a run share: each takes a fresh database.
import { join } from 'node:path';

import { SetUpError, defaultState, keepServer, testRunFolder, testRunOwner } from '@unbroken/local';

export interface TestPostgres {
  /** A superuser's URL, password included. */
  readonly adminUrl: string;
  /** One 0600 file per role; roles belong to the whole server, so all its databases share them. */
  readonly passwordsDir: string;
}

/**
 * The run's Postgres: the one UNBROKEN_POSTGRES_URL names (a superuser's URL), else one started by the first caller and
 * stopped after the run. Do not break it; privatePostgres is for that.
 */
export async function testPostgres(): Promise<TestPostgres> {
  const named = process.env['UNBROKEN_POSTGRES_URL'];
  if (named) {
    const passwordsDir = process.env['UNBROKEN_POSTGRES_PASSWORDS'] ?? join(defaultState, 'passwords');
    return { adminUrl: named, passwordsDir };
  }
  const server = await keepServer('postgres', join(testRunFolder(), 'postgres'), testRunOwner());
  if (server.kind === 'postgres') return { adminUrl: server.adminUrl, passwordsDir: server.passwordsFolder };
  throw new SetUpError(
    'part.not-ready',
    'The folder of the run’s Postgres holds another server: start the tests again.',
  );
}
