// The queue of messages to be sent: pg-boss (decision 0031), in this service's own schema and over its own connections. A
// job is put in and taken out in the transaction of what it is about.
//
// Only the library's calls are used, not its worker loop, which leaves the promise of its last statement to itself: with the
// database away it would end the process.

import PgBoss from 'pg-boss';
import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
import { alertsLog } from '../../alerts-log.js';

const QUEUE = 'notifications';

/** Whoever took a job and has not come back to it by then is dead, and another takes it. */
const EXPIRES_AFTER_S = 60;
const SUPERVISED_EVERY_S = 30;
/** Attempts are counted where they are made; the library's own count is of crashes. */
const CRASHES = 1_000_000;

export interface Job {
  readonly id: string;
  readonly data: { readonly notification: string };
}

export class JobQueue {
  #boss: PgBoss | undefined;
  #starting: Promise<void> | undefined;

  constructor(private readonly dataSource: DataSource) {}

  /** Once; after a failure again. Its tables are there: a migration has made them. */
  start(): Promise<void> {
    this.#starting ??= this.#start().catch((error: unknown) => {
      this.#starting = undefined;
      throw error;
    });
    return this.#starting;
  }

  async #start(): Promise<void> {
    const [row] = await this.dataSource.query<{ schema: string }[]>('SELECT current_schema() AS schema');
    const boss = new PgBoss({
      schema: row?.schema ?? '',
      schedule: false,
      maintenanceIntervalSeconds: SUPERVISED_EVERY_S,
      db: { executeSql: (text, values) => this.#onItsOwn(text, values) },
    });
    boss.on('error', (error) => alertsLog.warn('notifications.supervising', {}, error));
    await boss.start();
    await boss.createQueue(QUEUE, {
      name: QUEUE,
      policy: 'standard',
      retryLimit: CRASHES,
      retryDelay: 0,
      expireInSeconds: EXPIRES_AFTER_S,
    });
    this.#boss = boss;
  }

  async stop(): Promise<void> {
    await this.#boss?.stop({ graceful: false, close: false });
  }

  /** Within the manager's transaction. A crash before the commit puts nothing in. */
  async put(manager: EntityManager, notifications: readonly string[]): Promise<void> {
    const jobs = notifications.map((notification) => ({ name: QUEUE, data: { notification } }));
    await this.#started.insert(jobs, { db: within(manager) });
  }

  /** As `put`, to be taken in so many milliseconds, or a second, by the database's clock. */
  async putLater(manager: EntityManager, notification: string, ms: number): Promise<void> {
    const startAfter = Math.max(1, Math.ceil(ms / 1000));
    await this.#started.send(QUEUE, { notification }, { startAfter, db: within(manager) });
  }

  /** At most so many that are due; they are the caller's until they expire. */
  take(most: number): Promise<readonly Job[]> {
    return this.#started.fetch<Job['data']>(QUEUE, { batchSize: most });
  }

  /** Within the manager's transaction. A crash before the commit leaves it taken, and it comes again when it expires. */
  async done(manager: EntityManager, { id }: Job): Promise<void> {
    await this.#started.complete(QUEUE, id, {}, { db: within(manager) });
  }

  get #started(): PgBoss {
    if (this.#boss === undefined) throw new Error('the queue has not been started');
    return this.#boss;
  }

  /** The library's statements may hold a transaction of their own: a connection that one has failed on ends it first. */
  async #onItsOwn(text: string, values: unknown[]): Promise<{ rows: unknown[] }> {
    const runner = this.dataSource.createQueryRunner();
    try {
      return await answered(runner, text, values);
    } catch (error) {
      await runner.query('ROLLBACK').catch(() => undefined);
      throw error;
    } finally {
      await runner.release();
    }
  }
}

const within = (manager: EntityManager): PgBoss.Db => ({
  executeSql: (text, values) => {
    if (manager.queryRunner === undefined) throw new Error('not in a transaction');
    return answered(manager.queryRunner, text, values);
  },
});

async function answered(runner: QueryRunner, text: string, values: unknown[]): Promise<{ rows: unknown[] }> {
  const { records } = await runner.query(text, values, true);
  return { rows: Array.isArray(records) ? records : [] };
}
