// A service's database in Nest: connected, migrated, and patient while Postgres is away.

import type { DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { DataSourceOptions } from 'typeorm';
import { log } from '../log/event-log.js';
import { Sleeper, backoffMs } from '../time/backoff.js';
import { isPostgresFailure } from './postgres-failure.js';
import { postgresOptions } from './postgres-options.js';
import type { ServiceDatabaseOptions } from './postgres-options.js';

/**
 * The module that provides the DataSource named after the service: `@InjectDataSource('ledger')`,
 * `TypeOrmModule.forFeature([Entity], 'ledger')`. Migrations run at start. Waits for a Postgres that is not there yet;
 * refuses to start when Postgres answers and refuses.
 */
export function serviceDatabase(options: ServiceDatabaseOptions): DynamicModule {
  return TypeOrmModule.forRootAsync({
    name: options.service,
    useFactory: () => ({ ...postgresOptions(options), retryAttempts: 1 }),
    dataSourceFactory: (typeOrmOptions) => {
      if (typeOrmOptions === undefined) throw new Error('Nest gave no database options');
      return connectPatiently(options.service, typeOrmOptions);
    },
  });
}

/** An initialised DataSource, without Nest. */
export const openDatabase = (options: ServiceDatabaseOptions): Promise<DataSource> =>
  connectPatiently(options.service, postgresOptions(options));

async function connectPatiently(service: string, options: DataSourceOptions): Promise<DataSource> {
  const sleeper = new Sleeper();
  for (let attempt = 1; ; attempt += 1) {
    try {
      const dataSource = await new DataSource(options).initialize();
      log.info('postgres.ready', { service });
      return dataSource;
    } catch (error) {
      if (!isPostgresFailure(error)) throw error;
      log.warn('postgres.waiting', { service, attempt }, error);
      await sleeper.sleep(backoffMs(attempt));
    }
  }
}
