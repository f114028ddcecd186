// The logs have one writer. The advisory lock decides who it is and lets a second ledger wait as a standby; the epoch
// makes sure of it: whoever takes the role raises it, and a write under an older epoch matches no row, whatever its
// process still believes.

import type { EventEmitter } from 'node:events';
import type { DataSource, QueryRunner } from 'typeorm';
import { allOf, originOf, writtenOf } from '../logs.js';
import type { CustodyLog, LogName, Logs } from '../logs.js';
import { PerLog } from '../per-log.js';
import type { Head } from './batch.js';
import { LogRewritten } from '../sign/log-rewritten.js';
import { completeTree } from './complete-tree.js';

const LOCK = `hashtextextended(current_schema() || '.writer', 0)`;

/** The role as long as it is held. */
export interface HeldRole {
  readonly epoch: number;
  /** The ends of the logs that are written, when the role was taken. */
  readonly heads: PerLog<Head>;
  /** The custody log that is written. */
  readonly custody: CustodyLog;
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
export async function takeWriterRole(
  dataSource: DataSource,
  deployment: string,
  logs: Logs,
): Promise<HeldRole | undefined> {
  const connection = await lockedConnection(dataSource);
  if (connection === undefined) return undefined;
  try {
    return await begin(connection, deployment, logs);
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

async function begin(connection: QueryRunner, deployment: string, logs: Logs): Promise<HeldRole> {
  const client = (await connection.connect()) as EventEmitter;
  const lost = new Promise<void>((resolve) => {
    client.once('error', () => resolve());
    client.once('end', () => resolve());
  });
  const rows = await raiseEpoch(connection, deployment, logs);
  const heads = await PerLog.ofEach(writtenOf(logs), async (log): Promise<Head> => {
    const row = rows.find(({ name }) => name === log);
    if (row === undefined) throw new Error(`${log} is not in the database`);
    const whole = await completeTree(connection.manager, { log, size: Number(row.size), edge: row.edge });
    return { edge: whole, lastRecordedAt: row.last_recorded_at.getTime() };
  });
  return {
    custody: logs.custody,
    epoch: Math.max(...rows.map(({ epoch }) => Number(epoch))),
    heads,
    lost,
    release: () => letGo(connection),
  };
}

async function raiseEpoch(connection: QueryRunner, deployment: string, logs: Logs): Promise<LogRow[]> {
  await checkKnown(connection, logs);
  await fenceOthers(connection, deployment, logs);
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

/** The state folder says which logs there are, and the database that it is of the same age. @throws LogRewritten */
async function checkKnown(connection: QueryRunner, logs: Logs): Promise<void> {
  const rows = (await connection.query('SELECT name FROM logs')) as { name: LogName }[];
  const unknown = rows.find(({ name }) => !allOf(logs).includes(name));
  if (unknown !== undefined) {
    throw new LogRewritten(
      `${unknown.name} is in the database, and this process knows of ${logs.custody} alone. If a successor log was ` +
        'started just now, start this ledger again; else the state folder is an older one: put the newer one back',
    );
  }
  if (logs.ended.length > 0 && !rows.some(({ name }) => name === logs.custody)) {
    throw new LogRewritten(
      `the state folder says that ${logs.custody} goes on, and the database does not know of it: it is an older one, or ` +
        '`unbroken recover` was interrupted. Run `unbroken recover`',
    );
  }
}

/** Whoever was the writer before matches no row from here on. */
export async function fenceOthers(database: Pick<QueryRunner, 'query'>, deployment: string, logs: Logs): Promise<void> {
  for (const log of allOf(logs)) {
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
