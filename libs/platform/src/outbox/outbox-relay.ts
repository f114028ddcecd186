// Carries the outbox to Kafka, in order, for as long as it takes.
//
// Order: a relay publishes a row only after all rows before it were acknowledged, and rows are deleted after that. So
// whoever relays, and however often a row is repeated after a crash, the first occurrences stand in row order.

import type { DataSource, QueryRunner } from 'typeorm';
import type { Topic } from '@unbroken/contracts';
import type { RawProducer } from '../kafka/raw-producer.js';
import { log } from '../log/event-log.js';
import { Repeated } from '../time/repeated.js';
import type { OutboxRow } from './outbox.js';
import { RelayLead } from './relay-lead.js';

const ROWS_AT_ONCE = 500;
const POLL_MS = 1_000;
/** Whoever could not publish leaves the lead to others for so long that each of them has looked whether it is free. */
const AWAY_MS = 2 * POLL_MS;

export interface OutboxRelayOptions {
  readonly dataSource: DataSource;
  readonly producer: RawProducer;
  /** The service's name, for the log. */
  readonly service: string;
}

interface StoredRow extends OutboxRow {
  /** A bigint, which the driver gives as text. */
  readonly id: string;
}

export class OutboxRelay {
  readonly #options: OutboxRelayOptions;
  readonly #lead: RelayLead;
  readonly #publishing = new Repeated({
    doSome: () => this.#publishWhereLeading(),
    failed: (error) => this.#waits(error),
    pollMs: POLL_MS,
  });
  /** In a row. */
  #failures = 0;
  #awayUntil = 0;

  constructor(options: OutboxRelayOptions) {
    this.#options = options;
    this.#lead = new RelayLead(options.dataSource);
  }

  /** Returns at once; publishes until `stop`. */
  start(): void {
    this.#publishing.start();
  }

  /** Ends after the batch in hand; rows left over are published by another relay or after the next start. */
  async stop(): Promise<void> {
    await this.#publishing.stop();
    await this.#lead.giveUp();
  }

  /** Say that rows were committed: they are published now and not at the next poll. */
  wake(): void {
    this.#publishing.wake();
  }

  async #publishWhereLeading(): Promise<boolean> {
    if (performance.now() < this.#awayUntil) return false;
    const connection = await this.#lead.take();
    if (connection === undefined) return false;
    const published = await this.#publishSome(connection);
    this.#failures = 0;
    return published === ROWS_AT_ONCE;
  }

  async #waits(error: unknown): Promise<void> {
    this.#failures += 1;
    log.warn('outbox.waiting', { service: this.#options.service, attempt: this.#failures }, error);
    await this.#lead.giveUp();
    this.#awayUntil = performance.now() + AWAY_MS;
  }

  /** Publishes the oldest rows; returns how many. */
  async #publishSome(connection: QueryRunner): Promise<number> {
    const rows = (await connection.query(
      `SELECT id, topic, key, value, headers FROM outbox ORDER BY id LIMIT ${ROWS_AT_ONCE}`,
    )) as StoredRow[];
    if (rows.length === 0) return 0;
    // A crash from here to the delete publishes these rows again: consumers deduplicate by token id.
    for (const [topic, messages] of byTopic(rows)) {
      await this.#options.producer.send(topic, messages);
      log.debug('outbox.published', { service: this.#options.service, topic, count: messages.length });
    }
    // Acknowledged by all replicas: only now may the rows go.
    await connection.query('DELETE FROM outbox WHERE id = ANY($1::bigint[])', [rows.map(({ id }) => id)]);
    return rows.length;
  }
}

/** Keeps the order within a topic, and so of every key. */
function byTopic(rows: readonly StoredRow[]): Map<Topic, StoredRow[]> {
  const topics = new Map<Topic, StoredRow[]>();
  for (const row of rows) {
    const group = topics.get(row.topic);
    if (group === undefined) topics.set(row.topic, [row]);
    else group.push(row);
  }
  return topics;
}
