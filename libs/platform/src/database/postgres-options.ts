// How a service logs in to Postgres: its own role, its own password file, its own schema.

import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DataSourceOptions } from 'typeorm';
import type { CommonSettings } from '../config/common-settings.js';
import { SettingsError } from '../config/settings-error.js';
import { log } from '../log/event-log.js';

export type PostgresSettings = Pick<CommonSettings, 'UNBROKEN_POSTGRES_URL' | 'UNBROKEN_POSTGRES_PASSWORDS'> &
  Partial<Pick<CommonSettings, 'UNBROKEN_POSTGRES_TLS_CA'>>;

export interface ServiceDatabaseOptions {
  /** The service's name; its schema is called so and its role unbroken_<service>. */
  readonly service: string;
  readonly settings: PostgresSettings;
  readonly entities: NonNullable<DataSourceOptions['entities']>;
  readonly migrations: NonNullable<DataSourceOptions['migrations']>;
  /** Connections at most; 8 if left out. */
  readonly poolSize?: number;
}

const CONNECTIONS = 8;

/** TypeORM's options for one service. Throws a SettingsError when there is no password file. */
export function postgresOptions(options: ServiceDatabaseOptions): DataSourceOptions {
  const { service, settings, entities, migrations, poolSize = CONNECTIONS } = options;
  const url = new URL(settings.UNBROKEN_POSTGRES_URL);
  const passwordFile = join(settings.UNBROKEN_POSTGRES_PASSWORDS, `unbroken_${service}`);
  mustBeReadable(passwordFile);
  const authority = settings.UNBROKEN_POSTGRES_TLS_CA;
  return {
    type: 'postgres',
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port || 5432),
    database: decodeURIComponent(url.pathname.slice(1)),
    username: `unbroken_${service}`,
    // Read at each new connection, so that a password can be changed without a restart.
    password: async () => (await readFile(passwordFile, 'utf8')).trim(),
    ...(authority === undefined ? {} : { ssl: { ca: readFileSync(authority, 'utf8') } }),
    entities,
    migrations,
    migrationsRun: true,
    installExtensions: false,
    applicationName: `unbroken-${service}`,
    poolSize,
    connectTimeoutMS: 5_000,
    // Called for idle connections that break, as all do when Postgres restarts; the pool opens new ones.
    poolErrorHandler: (error: unknown) => log.warn('postgres.connection.lost', { service }, error),
    extra: { keepAlive: true, options: `-c search_path=${service}` },
  };
}

function mustBeReadable(passwordFile: string): void {
  try {
    readFileSync(passwordFile);
  } catch {
    const wrong = `${passwordFile} cannot be read`;
    const cure = 'Create it with the password of that role alone, readable by this user alone';
    throw new SettingsError([{ name: 'UNBROKEN_POSTGRES_PASSWORDS', wrong, cure }]);
  }
}
