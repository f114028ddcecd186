// A database of its own for a suite, with every service's role and schema, as `npm run up` makes it.
import { randomBytes } from 'node:crypto';

import { provision, serviceUrl, withClient } from '@unbroken/local';

import { testPostgres } from './test-postgres.js';
import type { TestPostgres } from './test-postgres.js';

export interface FreshDatabase {
  /** As services are told it: postgres://host:port/database, without user and password. */
  readonly url: string;
  /** One 0600 file per role, named unbroken_<service>. */
  readonly passwordsDir: string;
  /** Removes the database, with whoever is still connected to it. */
  drop(): Promise<void>;
}

/** @param server where; the run's shared one unless a private one is given */
export async function freshDatabase(server?: TestPostgres): Promise<FreshDatabase> {
  const { adminUrl, passwordsDir } = server ?? (await testPostgres());
  const database = `test_${randomBytes(6).toString('hex')}`;
  await provision({ adminUrl, database, passwordsFolder: passwordsDir });
  return {
    url: serviceUrl(adminUrl, database),
    passwordsDir,
    drop: async () => {
      await withClient(adminUrl, (client) => client.query(`DROP DATABASE ${database} WITH (FORCE)`));
    },
  };
}
