// The database of a service's intake alone, and what it remembers: the tests of that start no service.

import { Outbox, openDatabase, outboxMigration } from '@unbroken/platform';
import { freshDatabase } from '@unbroken/testing';
import type { DataSource } from 'typeorm';
import { promisedMigration } from '../migrations/promised.js';
import { promisesAskedMigration } from '../migrations/promises-asked.js';
import { receivedMigration } from '../migrations/received.js';
import { Received } from './received.js';

export interface ReceivedDatabase {
  readonly source: DataSource;
  readonly received: Received;
  drop(): Promise<void>;
}

/** @param forMs how long promises take to fall due, milliseconds */
export async function receivedDatabase(forMs: number): Promise<ReceivedDatabase> {
  const database = await freshDatabase();
  const source = await openDatabase({
    service: 'courier',
    settings: { UNBROKEN_POSTGRES_URL: database.url, UNBROKEN_POSTGRES_PASSWORDS: database.passwordsDir },
    entities: [],
    migrations: [outboxMigration, receivedMigration, promisedMigration, promisesAskedMigration],
  });
  const drop = async () => {
    await source.destroy();
    await database.drop();
  };
  return { source, received: new Received(source, new Outbox(), forMs / 1000), drop };
}
