import { Module } from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import { freshDatabase, privatePostgres, waitFor } from '@unbroken/testing';
import type { FreshDatabase, PrivatePostgres } from '@unbroken/testing';
import type { DataSource } from 'typeorm';
import { SettingsError } from '../config/settings-error.js';
import { createHttpApp } from '../http/http-app.js';
import { configureLog } from '../log/event-log.js';
import { outboxMigration } from '../outbox/outbox-migration.js';
import { openDatabase, serviceDatabase } from './service-database.js';

const http = {
  UNBROKEN_HTTP_HOST: '127.0.0.1',
  UNBROKEN_HTTP_PORT: 0,
  UNBROKEN_LOG_LEVEL: 'error',
  UNBROKEN_SERVICE: undefined,
} as const;

describe('the database of a service', () => {
  let server: PrivatePostgres;
  let database: FreshDatabase;
  const options = (service: string) => ({
    service,
    settings: { UNBROKEN_POSTGRES_URL: database.url, UNBROKEN_POSTGRES_PASSWORDS: database.passwordsDir },
    entities: [],
    migrations: [outboxMigration],
    poolSize: 4,
  });

  beforeAll(async () => {
    configureLog({ level: 'error', service: 'test', destination: { write: () => undefined } });
    server = await privatePostgres();
    database = await freshDatabase(server);
  }, 120_000);
  afterAll(() => server.stop(), 60_000);

  it('two services in one process → each in its own schema', async () => {
    @Module({ imports: [serviceDatabase(options('sender')), serviceDatabase(options('ledger'))] })
    class TwoServices {}
    const app = await createHttpApp(TwoServices, http);
    for (const service of ['sender', 'ledger']) {
      const dataSource = app.get<DataSource>(getDataSourceToken(service));
      expect(
        await dataSource.query(
          `SELECT current_user AS role, array_agg(table_schema || '.' || table_name ORDER BY table_name) AS tables
           FROM information_schema.tables WHERE table_schema NOT IN ('pg_catalog', 'information_schema')`,
        ),
      ).toEqual([{ role: `unbroken_${service}`, tables: [`${service}.migrations`, `${service}.outbox`] }]);
    }
    await app.close();
  }, 30_000);

  it('Postgres is killed under idle and busy connections → the process lives and the pool works again', async () => {
    const dataSource = await openDatabase(options('courier'));
    const runners = [1, 2, 3, 4].map(() => dataSource.createQueryRunner());
    await Promise.all(runners.map((runner) => runner.connect()));
    await Promise.all(runners.map((runner) => runner.release()));
    // Held until Postgres is killed, so that whoever asks for it is busy for as long.
    const holder = dataSource.createQueryRunner();
    await holder.query('SELECT pg_advisory_lock(1)');
    const busy = dataSource.query('SELECT pg_advisory_lock(1)').then(
      () => 'done',
      () => 'failed',
    );
    const transaction = dataSource
      .transaction(async (manager) => {
        await manager.query(`INSERT INTO outbox (topic, headers) VALUES ('lost', '{}')`);
        await manager.query('SELECT pg_advisory_lock(1)');
      })
      .catch(() => 'failed');
    await waitFor(
      async () => {
        const rows = await dataSource.query<unknown[]>(
          `SELECT 1 FROM pg_stat_activity WHERE query = 'SELECT pg_advisory_lock(1)' AND wait_event_type = 'Lock'`,
        );
        return rows.length === 2;
      },
      { what: 'both statements to run' },
    );
    await server.kill9();
    expect([await busy, await transaction]).toEqual(['failed', 'failed']);
    await holder.release();
    await waitFor(() => dataSource.query('SELECT 1'), { what: 'the pool to work again', timeoutMs: 30_000 });
    const all = await Promise.all([1, 2, 3, 4, 5, 6].map(() => dataSource.query('SELECT count(*) AS n FROM outbox')));
    expect(all).toEqual(all.map(() => [{ n: '0' }]));
    await dataSource.destroy();
  }, 60_000);

  it('Postgres does not answer at the start → waits and says so, then starts', async () => {
    const lines: string[] = [];
    configureLog({ level: 'warn', service: 'test', destination: { write: (line) => void lines.push(line) } });
    await server.pause();
    const opening = openDatabase(options('receiver'));
    await waitFor(() => lines.some((line) => line.includes('postgres.waiting')), { what: 'it to say that it waits' });
    await server.resume();
    const dataSource = await opening;
    expect(await dataSource.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await dataSource.destroy();
  }, 60_000);

  it('no password file → a mistake in the settings', async () => {
    await expect(Promise.resolve().then(() => openDatabase(options('stranger')))).rejects.toThrow(SettingsError);
  });
});
