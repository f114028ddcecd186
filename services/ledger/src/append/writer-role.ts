// The logs have one writer. The advisory lock decides who it is and lets a second ledger wait as a standby; the epoch
// makes sure of it: whoever takes the role raises it, and a write under an older epoch matches no row, whatever its
// process still believes.

import type { EventEmitter } from 'node:events';
import type { DataSource, QueryRunner } from 'typeorm';
import { logNames, originOf } from '../logs.js';
import type { LogName } from '../logs.js';
import type { Head } from './batch.js';
import { completeTree } from './complete-tree.js';

const LOCK = `hashtextextended(current_schema() || '.writer', 0)`;

/** The role as long as it is held. */
export interface HeldRole {
  readonly epoch: number;
  /** The logs' ends when the role was taken. */
  readonly heads: Readonly<Record<LogName, Head>>;
  /** Resolves when the connection that holds the lock is gone. */
  readonly lost: Promise<void>;
  /** Lets the next ledger write. */
  release(): Promise<void>;
}

interface LogRow {
  readonly name: LogName;
  readonly origin: string;
  /** Bigints, which the driver gives as text. */
  readonly size: string;
  readonly epoch: string;
  readonly last_recorded_at: Date;
  readonly edge: Buffer;
}

/** Takes the role, or answers undefined while another process has it. */
export async function takeWriterRole(dataSource: DataSource, deployment: string): Promise<HeldRole | undefined> {
  const connection = await lockedConnection(dataSource);
  if (connection === undefined) return undefined;
  try {
    return await begin(connection, deployment);
  } catch (error) {
    await letGo(connection);
    throw error;
  }
}

/**
 * Keeps every ledger from writing, and touches nothing: for a log that is not fit to be opened. Undefined while another
 * process has the role. Answers what gives it back.
 */
export async function keepWritersOut(dataSource: DataSource): Promise<(() => Promise<void>) | undefined> {
  const connection = await lockedConnection(dataSource);
  return connection && (() => letGo(connection));
}

async function lockedConnection(dataSource: DataSource): Promise<QueryRunner | undefined> {
  const connection = dataSource.createQueryRunner();
  try {
    const [row] = (await connection.query(`SELECT pg_try_advisory_lock(${LOCK}) AS taken`)) as { taken: boolean }[];
    if (row?.taken === true) return connection;
  } catch (error) {
    await letGo(connection);
    throw error;
  }
  await connection.release();
  return undefined;
}

async function begin(connection: QueryRunner, deployment: string): Promise<HeldRole> {
  const client = (await connection.connect()) as EventEmitter;
  const lost = new Promise<void>((resolve) => {
    client.once('error', () => resolve());
    client.once('end', () => resolve());
  });
  const rows = await raiseEpoch(connection, deployment);
  const heads: [LogName, Head][] = [];
  for (const { name: log, size, edge, last_recorded_at } of rows) {
    const whole = await completeTree(connection.manager, { log, size: Number(size), edge });
    heads.push([log, { edge: whole, lastRecordedAt: last_recorded_at.getTime() }]);
  }
  return {
    epoch: Math.max(...rows.map(({ epoch }) => Number(epoch))),
    heads: Object.fromEntries(heads) as Record<LogName, Head>,
    lost,
    release: () => letGo(connection),
  };
}

async function raiseEpoch(connection: QueryRunner, deployment: string): Promise<LogRow[]> {
  await fenceOthers(connection, deployment);
  const rows = (await connection.query(
    'SELECT name, origin, size, epoch, last_recorded_at, edge FROM logs',
  )) as LogRow[];
  for (const { name, origin } of rows) {
    if (origin !== originOf(name, deployment))
      throw new Error(
        `log ${name} is ${origin}, but the deployment is now called ${deployment}: set its old name again`,
      );
  }
  return rows;
}

/** Whoever was the writer before matches no row from here on. */
export async function fenceOthers(database: Pick<QueryRunner, 'query'>, deployment: string): Promise<void> {
  for (const log of logNames) {
    // A crash after either of these leaves an empty log, which is what a log begins as.
    await database.query('INSERT INTO logs (name, origin) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
      log,
      originOf(log, deployment),
    ]);
    await database.query('INSERT INTO publications (log) VALUES ($1) ON CONFLICT DO NOTHING', [log]);
  }
  // Waits for an append that an earlier writer has under way, and so sees its end. A crash after this has only made
  // the epoch larger: the next writer raises it again.
  await database.query('UPDATE logs SET epoch = (SELECT max(epoch) FROM logs) + 1');
}

async function letGo(connection: QueryRunner): Promise<void> {
  // The connection goes back to the pool and must not carry the lock there. If this fails the connection is dead, and
  // Postgres has ended the lock with it.
  await connection.query('SELECT pg_advisory_unlock_all()').catch(() => undefined);
  if (!connection.isReleased) await connection.release();
}
