// Only one relay of a service publishes at a time: it holds a lock that lives exactly as long as its connection.

import type { DataSource, QueryRunner } from 'typeorm';

const LOCK = `hashtextextended(current_schema() || '.outbox', 0)`;

export class RelayLead {
  readonly #dataSource: DataSource;
  #connection: QueryRunner | undefined;

  constructor(dataSource: DataSource) {
    this.#dataSource = dataSource;
  }

  /** The connection that holds the lock, or undefined while another relay holds it. */
  async take(): Promise<QueryRunner | undefined> {
    if (this.#connection !== undefined) return this.#connection;
    const connection = this.#dataSource.createQueryRunner();
    try {
      const [row] = (await connection.query(`SELECT pg_try_advisory_lock(${LOCK}) AS taken`)) as { taken: boolean }[];
      if (row?.taken === true) this.#connection = connection;
    } finally {
      if (this.#connection !== connection) await connection.release();
    }
    return this.#connection;
  }

  /** Lets another relay lead. */
  async giveUp(): Promise<void> {
    const connection = this.#connection;
    if (connection === undefined) return;
    this.#connection = undefined;
    // The connection goes back to the pool and must not carry the lock there. If this fails the connection is dead,
    // and Postgres has ended the lock with it.
    await connection.query('SELECT pg_advisory_unlock_all()').catch(() => undefined);
    if (!connection.isReleased) await connection.release();
  }
}
