// A durable write of a service, held up in the database by a trigger that waits, until it is decided what becomes of it: so a
// process can be killed in exactly this write, from outside, and the product knows nothing of it.
import pg from 'pg';
import { setTimeout as pause } from 'node:timers/promises';

/** Any number that nobody else locks. */
const LOCK = 8_470_099;
const LOOK_EVERY_MS = 5;

/**
 * @typedef {object} Write
 * @property {string} table with its schema, which is the service's name
 * @property {string} on INSERT, UPDATE OF column, DELETE, …
 * @property {'statement' | 'commit'} at held before the statement does anything, or in the commit of its transaction
 */

export class HeldWrite {
  #client;
  #write;

  /** @param {pg.Client} client @param {Write} write */
  constructor(client, write) {
    this.#client = client;
    this.#write = write;
  }

  /** @param {string} adminUrl @param {Write} write */
  static async set(adminUrl, write) {
    const client = new pg.Client({ connectionString: adminUrl });
    await client.connect();
    await client.query('SELECT pg_advisory_lock($1)', [LOCK]);
    const { table, on, at } = write;
    const [schema] = table.split('.');
    await client.query(`
      CREATE OR REPLACE FUNCTION ${schema}.held() RETURNS trigger LANGUAGE plpgsql AS
        'BEGIN PERFORM pg_advisory_xact_lock_shared(${LOCK}); RETURN NULL; END'`);
    await client.query(
      at === 'statement'
        ? `CREATE TRIGGER held BEFORE ${on} ON ${table} FOR EACH STATEMENT EXECUTE FUNCTION ${schema}.held()`
        : `CREATE CONSTRAINT TRIGGER held AFTER ${on} ON ${table} DEFERRABLE INITIALLY DEFERRED
             FOR EACH ROW EXECUTE FUNCTION ${schema}.held()`,
    );
    return new HeldWrite(client, write);
  }

  /** Waits until the service is in this write. @param {() => void} check throws when it never will be */
  async reached(check) {
    while ((await this.#waiting()).length === 0) {
      check();
      await pause(LOOK_EVERY_MS);
    }
  }

  /** Whoever is in it is thrown out: the transaction is rolled back. */
  async undo() {
    for (const pid of await this.#waiting()) await this.#client.query('SELECT pg_terminate_backend($1)', [pid]);
    await this.#end();
  }

  /** Goes on to its end, though nobody may be there any more to hear of it. */
  async allow() {
    await this.release();
    await this.#end();
  }

  /** The same, and the trigger stays, for as long as somebody's transaction has the table. `undo` ends it. */
  async release() {
    const waiting = await this.#waiting();
    await this.#client.query('SELECT pg_advisory_unlock($1)', [LOCK]);
    const active = async () =>
      (await this.#client.query(`SELECT 1 FROM pg_stat_activity WHERE pid = ANY($1) AND state = 'active'`, [waiting]))
        .rows.length > 0;
    while (await active()) await pause(LOOK_EVERY_MS);
  }

  async #end() {
    await this.#client.query('SELECT pg_advisory_unlock_all()');
    await this.#client.query(`DROP TRIGGER held ON ${this.#write.table}`);
    await this.#client.end();
  }

  /** @returns {Promise<number[]>} backends of the service that wait here */
  async #waiting() {
    const { rows } = await this.#client.query(
      `SELECT pid FROM pg_locks JOIN pg_stat_activity USING (pid)
       WHERE locktype = 'advisory' AND NOT granted AND objid = $1 AND usename = $2`,
      [LOCK, `unbroken_${this.#write.table.split('.')[0]}`],
    );
    return rows.map(({ pid }) => pid);
  }
}
