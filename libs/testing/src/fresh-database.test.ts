// Each service reaches its own schema and nothing else, in a database nobody used before.
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { roleOf, servicesWithSchema } from '@unbroken/local';
import pg from 'pg';

import { freshDatabase } from './fresh-database.js';
import type { FreshDatabase } from './fresh-database.js';

type Service = (typeof servicesWithSchema)[number];

describe('freshDatabase', () => {
  let database: FreshDatabase;
  let other: FreshDatabase;

  beforeAll(async () => {
    [database, other] = await Promise.all([freshDatabase(), freshDatabase()]);
  }, 150_000);

  afterAll(async () => {
    await Promise.all([database.drop(), other.drop()]);
  });

  async function as<T>(service: Service, work: (client: pg.Client) => Promise<T>, url = database.url): Promise<T> {
    const login = new URL(url);
    login.username = roleOf(service);
    login.password = readFileSync(join(database.passwordsDir, roleOf(service)), 'utf8');
    const client = new pg.Client({ connectionString: login.href });
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  }

  it('its url → names neither user nor password', () => {
    expect(database.url).toMatch(/^postgres:\/\/[\w.]+:\d+\/test_[0-9a-f]{12}$/);
  });

  it.each(servicesWithSchema)(
    '%s in a fresh database → owns an empty schema that its unqualified names mean',
    async (service) => {
      const tables = await as(service, (client) =>
        client.query('SELECT * FROM information_schema.tables WHERE table_schema = current_schema()'),
      );
      const schema = await as(service, (client) => client.query<{ name: string }>('SELECT current_schema() AS name'));
      expect(schema.rows).toEqual([{ name: service }]);
      expect(tables.rows).toEqual([]);
    },
  );

  it('a table made in one database → is not in the other', async () => {
    await as('courier', (client) => client.query('CREATE TABLE only_here (id int)'));
    await expect(as('courier', (client) => client.query('SELECT * FROM only_here'), other.url)).rejects.toThrow(
      'relation "only_here" does not exist',
    );
  });

  it('alerts reads or writes a table of the ledger → permission denied', async () => {
    await as('ledger', (client) => client.query('CREATE TABLE entries (id int)'));
    for (const attempt of [
      'SELECT * FROM ledger.entries',
      'INSERT INTO ledger.entries VALUES (1)',
      'DROP TABLE ledger.entries',
      'CREATE TABLE ledger.mine (id int)',
      'GRANT ALL ON SCHEMA ledger TO unbroken_alerts',
      'SET ROLE unbroken_ledger',
    ]) {
      await expect(as('alerts', (client) => client.query(attempt))).rejects.toMatchObject({
        message: expect.stringMatching(/permission denied|must be owner|no privileges/) as string,
      });
    }
  });

  it('a service creates in public, a schema, a role or a database → permission denied', async () => {
    for (const attempt of [
      'CREATE TABLE public.mine (id int)',
      'CREATE SCHEMA mine',
      'CREATE ROLE mine',
      'CREATE DATABASE mine',
    ]) {
      await expect(as('sender', (client) => client.query(attempt))).rejects.toThrow('permission denied');
    }
  });

  it('a wrong password → refused', async () => {
    const login = new URL(database.url);
    login.username = roleOf('ledger');
    login.password = 'guess';
    await expect(new pg.Client({ connectionString: login.href }).connect()).rejects.toThrow(
      'password authentication failed',
    );
  });

  it('password files → readable by their owner only, in a folder nobody else may enter', () => {
    expect(statSync(database.passwordsDir).mode & 0o777).toBe(0o700);
    for (const service of servicesWithSchema) {
      expect(statSync(join(database.passwordsDir, roleOf(service))).mode & 0o777).toBe(0o600);
    }
  });

  it('the server → keeps fsync, listens on loopback only, stores passwords as SCRAM', async () => {
    const shown = await as('ledger', (client) =>
      client.query<{ name: string; setting: string }>(
        `SELECT name, setting FROM pg_settings WHERE name IN ('fsync', 'listen_addresses', 'password_encryption')`,
      ),
    );
    expect(Object.fromEntries(shown.rows.map(({ name, setting }) => [name, setting]))).toEqual({
      fsync: 'on',
      listen_addresses: '127.0.0.1',
      password_encryption: 'scram-sha-256',
    });
  });
});
