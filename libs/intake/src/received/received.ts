// The durable moment of intake: one transaction remembers the bytes and puts them in the outbox.

import type { DataSource, EntityManager } from 'typeorm';
import type { Outbox } from '@unbroken/platform';
import type { Checked } from '../check-form.js';
import { isWellFormed } from '../check-form.js';
import { messageFor } from '../messages.js';
import type { UploadTimes } from '../messages.js';

const PRUNED_AT_ONCE = 10_000;

/**
 * Bytes that come again after this are published again, which the ledger takes for nothing new: whoever still repeats
 * them may know that a broker lost them in a power cut.
 */
const REPEATED = '1 minute';

/** When bytes came first, and by when they are promised to be recorded: whole seconds since 1970. */
export interface Promised {
  readonly received: number;
  readonly due: number;
}

interface KeptRow extends Promised {
  readonly hash: string;
}

const PROMISED = `extract(epoch FROM coalesce(received_at, date_trunc('second', at)))::float8 AS received,
  extract(epoch FROM coalesce(due, date_trunc('second', at) + make_interval(secs => $2::float8)))::float8 AS due`;

/** In the transaction that keeps new bytes, whatever else must be true with them. */
export type AlsoKeep = (manager: EntityManager, fresh: readonly Checked[]) => Promise<void>;

export class Received {
  constructor(
    private readonly database: DataSource,
    private readonly outbox: Outbox,
    /** Seconds within which whatever is taken is promised to be recorded. */
    private readonly promisedWithin: number,
  ) {}

  /**
   * Keeps what is new among the uploaded bytes and has it published, in the order of the upload; answers what is promised
   * of all of them, by their hashes: of those that were there, what was promised before.
   *
   * A crash before the commit: nothing was kept, no 202 was seen, the client repeats. A crash after it: the outbox
   * publishes what is in it, and the client, who may not have seen the 202, repeats and finds its bytes here, so that
   * nothing is published anew unless it repeats after a minute.
   */
  async keep(
    upload: readonly Checked[],
    times: UploadTimes,
    alsoKeep: AlsoKeep,
  ): Promise<ReadonlyMap<string, Promised>> {
    return this.database.transaction(async (manager) => {
      const { fresh, promised } = await this.#remember(manager, upload, times.receivedAt);
      if (fresh.length > 0) {
        await this.outbox.append(
          manager,
          fresh.map((checked) => messageFor(checked, times)),
        );
        await alsoKeep(manager, fresh);
      }
      return promised;
    });
  }

  /** Which of these bytes were kept before. */
  async known(upload: readonly Checked[]): Promise<ReadonlySet<string>> {
    if (upload.length === 0) return new Set();
    const rows: { hash: string }[] = await this.database.query('SELECT hash FROM received WHERE hash = ANY($1)', [
      upload.map(({ hash }) => hash),
    ]);
    return new Set(rows.map(({ hash }) => hash));
  }

  /**
   * Forgets what was received before that time; bytes that come again after that are new. What was promised of it is kept
   * until the ledger was told that it is due.
   */
  async forget(before: Date): Promise<void> {
    let pruned: number;
    do {
      const [, count]: [unknown, number] = await this.database.query(
        `DELETE FROM received WHERE ctid IN (
           SELECT ctid FROM received
           WHERE at < $1 AND (due IS NULL OR tid IS NULL OR due < (SELECT asked.due FROM promises_asked AS asked)) LIMIT $2)`,
        [before, PRUNED_AT_ONCE],
      );
      pruned = count;
    } while (pruned === PRUNED_AT_ONCE);
  }

  /** Rows go in sorted by hash, so that two uploads of the same bytes wait for each other and never deadlock. */
  async #remember(
    manager: EntityManager,
    upload: readonly Checked[],
    receivedAt: number,
  ): Promise<{ readonly fresh: readonly Checked[]; readonly promised: ReadonlyMap<string, Promised> }> {
    const byHash = new Map(upload.map((checked) => [checked.hash, checked]));
    const sorted = [...byHash.values()].sort((a, b) => (a.hash < b.hash ? -1 : 1));
    const received = Math.floor(receivedAt / 1000);
    const rows: KeptRow[] = await manager.query(
      `INSERT INTO received (hash, tid, at, received_at, due)
       SELECT hash, tid, $1, to_timestamp($5::float8), to_timestamp($5::float8 + $2::float8)
       FROM unnest($3::text[], $4::text[]) AS upload (hash, tid)
       ON CONFLICT (hash) DO UPDATE SET at = EXCLUDED.at WHERE received.at < EXCLUDED.at - interval '${REPEATED}'
       RETURNING hash, ${PROMISED}`,
      [
        new Date(receivedAt),
        this.promisedWithin,
        sorted.map(({ hash }) => hash),
        sorted.map((checked) => (isWellFormed(checked) ? checked.envelope.tid : null)),
        received,
      ],
    );
    const fresh = new Set(rows.map(({ hash }) => hash));
    const known = await this.#promisedBefore(
      manager,
      sorted.filter(({ hash }) => !fresh.has(hash)),
    );
    return {
      fresh: [...byHash.values()].filter(({ hash }) => fresh.has(hash)),
      promised: new Map([...rows, ...known].map(({ hash, received, due }) => [hash, { received, due }])),
    };
  }

  /** Their rows are locked by the conflict, so that they are there. */
  async #promisedBefore(manager: EntityManager, known: readonly Checked[]): Promise<KeptRow[]> {
    if (known.length === 0) return [];
    return manager.query(`SELECT hash, ${PROMISED} FROM received WHERE hash = ANY($1)`, [
      known.map(({ hash }) => hash),
      this.promisedWithin,
    ]);
  }
}
