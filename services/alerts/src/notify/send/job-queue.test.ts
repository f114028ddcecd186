// The queue as this service uses it, in its own schema of a real Postgres.

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { defineSettings, openDatabase, readSettings } from '@unbroken/platform';
import { freshDatabase } from '@unbroken/testing';
import type { FreshDatabase } from '@unbroken/testing';
import PgBoss from 'pg-boss';
import type { DataSource } from 'typeorm';
import { alertsMigrations } from '../../migrations/index.js';
import { JobQueue } from './job-queue.js';

const ONE = '00000000-0000-4000-8000-000000000001';

let database: FreshDatabase;
let dataSource: DataSource;
let queue: JobQueue;

beforeAll(async () => {
  database = await freshDatabase();
  const settings = readSettings(defineSettings({}), {
    UNBROKEN_ENV: 'test',
    UNBROKEN_KAFKA_BROKERS: '127.0.0.1:9092',
    UNBROKEN_POSTGRES_URL: database.url,
    UNBROKEN_POSTGRES_PASSWORDS: database.passwordsDir,
  });
  dataSource = await openDatabase({ service: 'alerts', settings, entities: [], migrations: [...alertsMigrations] });
  queue = new JobQueue(dataSource);
  await queue.start();
}, 60_000);

afterAll(async () => {
  await queue.stop();
  await dataSource.destroy();
  await database.drop();
});

/** As the library does twice a minute. */
async function supervised(): Promise<void> {
  const boss = new PgBoss({ schema: 'alerts', supervise: false, schedule: false, db: { executeSql: onDataSource } });
  await boss.start();
  await boss.maintain();
  await boss.stop({ graceful: false });
}

const onDataSource = async (text: string, values: unknown[]) => ({
  rows: (await dataSource.query<unknown[] | undefined>(text, values)) ?? [],
});

describe('the queue', () => {
  it('put in a transaction that fails → never taken; in one that commits → taken once, and gone when done', async () => {
    const failing = dataSource.transaction(async (manager) => {
      await queue.put(manager, [ONE]);
      throw new Error('on purpose');
    });
    await expect(failing).rejects.toThrow('on purpose');
    expect(await queue.take(10)).toEqual([]);

    await dataSource.transaction((manager) => queue.put(manager, [ONE]));
    const jobs = await queue.take(10);
    expect(jobs.map(({ data }) => data)).toEqual([{ notification: ONE }]);
    expect(await queue.take(10)).toEqual([]);
    for (const job of jobs) await dataSource.transaction((manager) => queue.done(manager, job));
    await supervised();
    expect(await queue.take(10)).toEqual([]);
  });

  it('taken by a process that dies → taken again by another when it expires', async () => {
    await dataSource.transaction((manager) => queue.put(manager, [ONE]));
    const [before] = await queue.take(1);
    await supervised();
    expect(await queue.take(1)).toEqual([]);
    await dataSource.query(`UPDATE job SET started_on = now() - interval '2 minutes' WHERE state = 'active'`);
    await supervised();
    const [after, ...others] = await queue.take(10);
    expect(after?.data).toEqual(before?.data);
    expect(others).toEqual([]);
    if (after !== undefined) await dataSource.transaction((manager) => queue.done(manager, after));
  });

  it('put for later → not yet', async () => {
    await dataSource.transaction((manager) => queue.putLater(manager, ONE, 3_600_000));
    expect(await queue.take(10)).toEqual([]);
    await dataSource.query(`UPDATE job SET start_after = now() - interval '1 second' WHERE state = 'created'`);
    expect(await queue.take(10)).toHaveLength(1);
  });

  it('all of it is in the service’s own schema', async () => {
    const rows = await dataSource.query<{ schema: string }[]>(
      `SELECT DISTINCT table_schema AS schema FROM information_schema.tables WHERE table_name IN ('job', 'queue', 'archive')`,
    );
    expect(rows).toEqual([{ schema: 'alerts' }]);
  });
});
