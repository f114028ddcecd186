// The entries are their own outbox: a cursor says how far a log is on its topic. Publishing goes on beside the next
// transaction, in the order of the log, without holes; after a crash some entries come twice.

import { Sleeper, backoffMs } from '@unbroken/platform';
import type { RawProducer } from '@unbroken/platform';
import type { DataSource } from 'typeorm';
import type { Duty } from '../append/writer.js';
import { log } from '../log.js';
import { originOf, recordedTopic } from '../logs.js';
import type { LogName } from '../logs.js';
import { ENTRY_COLUMNS, entryMessage } from './entry-message.js';
import type { EntryRow } from './entry-message.js';

const AT_ONCE = 1_000;
const POLL_MS = 1_000;

export interface PublisherOptions {
  readonly dataSource: DataSource;
  readonly producer: RawProducer;
  readonly log: LogName;
  readonly deployment: string;
}

export class Publisher implements Duty {
  readonly #options: PublisherOptions;
  readonly #sleeper = new Sleeper();
  #stopping = false;
  #running: Promise<void> | undefined;

  constructor(options: PublisherOptions) {
    this.#options = options;
  }

  /** Returns at once; publishes until `stop`. */
  start(): void {
    this.#stopping = false;
    this.#running = this.#run();
  }

  /** Say that entries were committed: they are published now and not at the next poll. */
  wake(): void {
    this.#sleeper.wake();
  }

  /** Ends after the batch in hand; what is left over the next publisher finds. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#sleeper.wake();
    await this.#running;
  }

  async #run(): Promise<void> {
    let failures = 0;
    while (!this.#stopping) {
      try {
        const published = await this.#publishSome();
        failures = 0;
        if (published < AT_ONCE) await this.#sleeper.sleep(POLL_MS);
      } catch (error) {
        failures += 1;
        log.warn('publishing.failed', { log: this.#options.log, attempt: failures }, error);
        await this.#sleeper.sleep(backoffMs(failures));
      }
    }
  }

  /** Publishes the next entries; answers how many. */
  async #publishSome(): Promise<number> {
    const { dataSource, producer, log: name, deployment } = this.#options;
    const rows = await dataSource.query<EntryRow[]>(
      `SELECT ${ENTRY_COLUMNS} FROM entries
       WHERE log = $1 AND index >= (SELECT published FROM publications WHERE log = $1) ORDER BY index LIMIT ${AT_ONCE}`,
      [name],
    );
    const last = rows.at(-1);
    if (last === undefined) return 0;
    const origin = originOf(name, deployment);
    await producer.send(
      recordedTopic[name],
      rows.map((row) => entryMessage(row, origin)),
    );
    // Acknowledged by all replicas: a crash before this publishes the same entries again, and consumers know them by
    // their index. A publisher that lost its role meanwhile can only have been behind, so the cursor never goes back.
    await dataSource.query('UPDATE publications SET published = $2 WHERE log = $1 AND published < $2', [
      name,
      Number(last.index) + 1,
    ]);
    return rows.length;
  }
}
