// Tells the ledger which promises have fallen due (docs/protocol, section 8): it knows what it has recorded, and nobody else
// knows what was promised. Only then, so that taking a token costs nothing more.

import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { MOST_DUE } from '@unbroken/contracts';
import type { DuePromise, PromisesDue } from '@unbroken/contracts';
import { Repeated } from '@unbroken/platform';
import type { Clock, Outbox, OutboxRelay, OutboxRow } from '@unbroken/platform';
import type { DataSource, EntityManager } from 'typeorm';
import { intakeLog } from '../intake-log.js';

const POLL_MS = 1_000;
/** A broken promise may be noticed a minute late. */
const EVERY_MS = 60_000;
const MESSAGES_AT_ONCE = 10;
/** After a long stop not everything that fell due meanwhile is sorted at once. */
const SLICE_MS = 10 * 60_000;

export interface DuePromisesParts {
  readonly dataSource: DataSource;
  readonly outbox: Outbox;
  readonly relay: Pick<OutboxRelay, 'wake'>;
  readonly clock: Clock;
  readonly service: string;
}

export class DuePromises implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #looking: Repeated;
  /** Milliseconds since the epoch. */
  #notBefore = 0;

  constructor(private readonly parts: DuePromisesParts) {
    const { service } = parts;
    this.#looking = new Repeated({
      doSome: () => this.#look(),
      failed: (error, attempt) => intakeLog.warn('promises.not-asked', { service, attempt }, error),
      pollMs: POLL_MS,
    });
  }

  onApplicationBootstrap(): void {
    this.#looking.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.#looking.stop();
  }

  async #look(): Promise<boolean> {
    const now = this.parts.clock.now();
    if (now < this.#notBefore) return false;
    const isMore = await this.#askSome(now);
    if (!isMore) this.#notBefore = now + EVERY_MS;
    return isMore;
  }

  /**
   * Whether there may be more. A crash before the commit: told after the next start. After it the outbox tells it; what is
   * told twice is answered twice.
   */
  async #askSome(now: number): Promise<boolean> {
    const { dataSource, outbox, relay } = this.parts;
    const isMore = await dataSource.transaction(async (manager) => {
      const asked = await askedSoFar(manager, now);
      const until = Math.min(now, asked.due.getTime() + SLICE_MS);
      const due = await dueBetween(manager, asked, until);
      await outbox.append(manager, this.#messages(due));
      const isFull = due.length === MOST_DUE * MESSAGES_AT_ONCE;
      const last = isFull ? due.at(-1) : undefined;
      await manager.query('UPDATE promises_asked SET due = $1, hash = $2', [
        last === undefined ? new Date(Math.max(until, asked.due.getTime())) : new Date(last.due * 1000),
        last?.sum ?? null,
      ]);
      return isFull || until < now;
    });
    relay.wake();
    return isMore;
  }

  #messages(due: readonly DuePromise[]): OutboxRow[] {
    const { service } = this.parts;
    const pages = Array.from({ length: Math.ceil(due.length / MOST_DUE) }, (_, page) =>
      due.slice(page * MOST_DUE, (page + 1) * MOST_DUE),
    );
    return pages.map((tokens) => ({
      topic: 'promises.due.v1',
      key: service,
      value: Buffer.from(JSON.stringify({ service, tokens } satisfies PromisesDue)),
      headers: {},
    }));
  }
}

interface Asked {
  readonly due: Date;
  readonly hash: string | null;
}

/** Locked until the commit: of two instances one tells. The first look of all begins now. */
async function askedSoFar(manager: EntityManager, now: number): Promise<Asked> {
  await manager.query('INSERT INTO promises_asked (due) VALUES ($1) ON CONFLICT DO NOTHING', [new Date(now)]);
  const [asked] = await manager.query<Asked[]>('SELECT due, hash FROM promises_asked FOR UPDATE');
  if (asked === undefined) throw new Error('promises_asked has lost its row');
  return asked;
}

/** What falls due there was taken an hour ago or more, so that all of it is committed. */
const dueBetween = (manager: EntityManager, { due, hash }: Asked, until: number): Promise<DuePromise[]> =>
  manager.query(
    `SELECT tid, hash AS sum, extract(epoch FROM due)::float8 AS due FROM received
     WHERE due >= $1 AND due <= $2 AND (due > $1 OR hash > $3) AND tid IS NOT NULL
     ORDER BY received.due, hash LIMIT ${MOST_DUE * MESSAGES_AT_ONCE}`,
    [due, new Date(until), hash],
  );
