// The entries are their own outbox: a cursor says how far a log is on its topic. Publishing goes on beside the next
// transaction, in the order of the log, without holes; after a crash some entries come twice. What has just been written
// is handed over in memory; whatever else there is, is read from the table.

import { Repeated } from '@unbroken/platform';
import type { RawProducer } from '@unbroken/platform';
import type { DataSource } from 'typeorm';
import type { Batch } from '../append/batch.js';
import type { Duty } from '../append/writer.js';
import { log } from '../log.js';
import { originOf, recordedTopic } from '../logs.js';
import type { CustodyLog, LogName } from '../logs.js';
import { entriesFrom } from '../stored-entries.js';
import { batchMessages, entryMessage } from './entry-message.js';
import type { EntryMessage } from './entry-message.js';
import { packed } from './pack-entries.js';

const AT_ONCE = 1_000;
const POLL_MS = 1_000;
/** More entries than this are not kept in memory: when publishing is that far behind, they are read back. */
const MOST_READY = 20_000;

export interface PublisherOptions {
  readonly dataSource: DataSource;
  readonly producer: RawProducer;
  readonly log: LogName;
  /** Logs that this one succeeds: what of them is not on the topic goes out before it, so that chains come in their order. */
  readonly ended?: readonly CustodyLog[];
  readonly deployment: string;
}

export class Publisher implements Duty {
  readonly #options: PublisherOptions;
  /** Undefined before the first start; each start has its own. */
  #publishing: Repeated | undefined;
  /** How far the log is published, as far as this process knows; undefined: the table knows. */
  #published: number | undefined;
  /** Written and not published yet, without holes, from the index `#readyFrom` on. */
  #ready: EntryMessage[] = [];
  #readyFrom = 0;
  /** Logs that have ended and are on the topic, as far as this process knows. */
  readonly #publishedWhole = new Set<LogName>();

  constructor(options: PublisherOptions) {
    this.#options = options;
  }

  /** Returns at once; publishes until `stop`. */
  start(): void {
    this.#forget();
    this.#publishing = new Repeated({
      doSome: async () => (await this.#publishEnded()) || (await this.#publishSome()) >= AT_ONCE,
      failed: (error, attempt) => this.#failed(error, attempt),
      pollMs: POLL_MS,
    });
    this.#publishing.start();
  }

  /** Entries that were just committed: they are published now and not at the next poll. */
  written(batch: Batch): void {
    const end = this.#readyFrom + this.#ready.length;
    if (this.#ready.length + batch.entries.length > MOST_READY || end !== batch.head.edge.size) {
      this.#ready = [];
      this.#readyFrom = batch.head.edge.size;
    }
    if (batch.entries.length <= MOST_READY) {
      const { log: name, deployment } = this.#options;
      this.#ready.push(...batchMessages(batch, originOf(name, deployment)));
    }
    this.#publishing?.wake();
  }

  /** Ends after the batch in hand; what is left over the next publisher finds. */
  async stop(): Promise<void> {
    await this.#publishing?.stop();
  }

  #failed(error: unknown, attempt: number): void {
    this.#published = undefined;
    log.warn('publishing.failed', { log: this.#options.log, attempt }, error);
  }

  /** Publishes some of what is left of the logs that have ended; answers whether there was any. */
  async #publishEnded(): Promise<boolean> {
    const { dataSource, producer, deployment, ended = [] } = this.#options;
    for (const name of ended) {
      if (this.#publishedWhole.has(name)) continue;
      const from = await this.#cursor(name);
      const rows = await entriesFrom(dataSource, name, { from, count: AT_ONCE });
      const last = rows.at(-1);
      if (last !== undefined) {
        const topic = recordedTopic(name);
        const messages = rows.map((row) => entryMessage(row, originOf(name, deployment)));
        const outgoing = packed(messages, await producer.partitioner(topic));
        await producer.send(topic, outgoing);
        // By the index and not by their number, for there are holes. A crash before this publishes them again.
        await dataSource.query(
          'UPDATE publications SET published = $3, messages = messages + $4 WHERE log = $1 AND published = $2',
          [name, from, Number(last.index) + 1, outgoing.length],
        );
        return true;
      }
      this.#publishedWhole.add(name);
    }
    return false;
  }

  /** Publishes the next entries; answers how many. */
  async #publishSome(): Promise<number> {
    const { producer, log: name } = this.#options;
    this.#published ??= await this.#cursor(name);
    const messages = this.#handedOver(this.#published) ?? (await this.#readBack(this.#published));
    if (messages.length === 0) return 0;
    const topic = recordedTopic(name);
    // The registry's topic is small, and followed by message.
    const outgoing = name === 'registry' ? messages : packed(messages, await producer.partitioner(topic));
    await producer.send(topic, outgoing);
    await this.#advance(this.#published, messages.length, outgoing.length);
    return messages.length;
  }

  /** The next entries, where they are at hand. */
  #handedOver(from: number): readonly EntryMessage[] | undefined {
    const skipped = from - this.#readyFrom;
    if (skipped < 0 || skipped >= this.#ready.length) return undefined;
    return this.#ready.slice(skipped, skipped + AT_ONCE);
  }

  async #readBack(from: number): Promise<readonly EntryMessage[]> {
    const { dataSource, log: name, deployment } = this.#options;
    const rows = await entriesFrom(dataSource, name, { from, count: AT_ONCE });
    return rows.map((row) => entryMessage(row, originOf(name, deployment)));
  }

  async #cursor(name: LogName): Promise<number> {
    const [row] = await this.#options.dataSource.query<{ published: string }[]>(
      'SELECT published FROM publications WHERE log = $1',
      [name],
    );
    return Number(row?.published ?? 0);
  }

  /**
   * Acknowledged by all replicas: a crash before this publishes the same entries again, and consumers know them by their
   * index. Where the cursor is not where it was, somebody else has published, or asks for everything again: the table
   * is asked.
   */
  async #advance(from: number, entries: number, messages: number): Promise<void> {
    const to = from + entries;
    const [, moved] = await this.#options.dataSource.query<[unknown, number]>(
      'UPDATE publications SET published = $3, messages = messages + $4 WHERE log = $1 AND published = $2',
      [this.#options.log, from, to, messages],
    );
    if (moved !== 1) {
      this.#forget();
      return;
    }
    this.#published = to;
    const done = Math.min(this.#ready.length, Math.max(0, to - this.#readyFrom));
    this.#ready.splice(0, done);
    this.#readyFrom += done;
  }

  #forget(): void {
    this.#published = undefined;
    this.#ready = [];
    this.#readyFrom = 0;
    this.#publishedWhole.clear();
  }
}
