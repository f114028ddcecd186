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

/** In the transaction that keeps new bytes, whatever else must be true with them. */
export type AlsoKeep = (manager: EntityManager, fresh: readonly Checked[]) => Promise<void>;

export class Received {
  constructor(
    private readonly database: DataSource,
    private readonly outbox: Outbox,
  ) {}

  /**
   * Keeps what is new among the uploaded bytes and has it published, in the order of the upload.
   *
   * A crash before the commit: nothing was kept, no 202 was seen, the client repeats. A crash after it: the outbox
   * publishes what is in it, and the client, who may not have seen the 202, repeats and finds its bytes here, so that
   * nothing is published anew unless it repeats after a minute.
   */
  async keep(upload: readonly Checked[], times: UploadTimes, alsoKeep: AlsoKeep): Promise<void> {
    await this.database.transaction(async (manager) => {
      const fresh = await this.#remember(manager, upload, times.receivedAt);
      if (fresh.length === 0) return;
      await this.outbox.append(
        manager,
        fresh.map((checked) => messageFor(checked, times)),
      );
      await alsoKeep(manager, fresh);
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

  /** Forgets what was received before that time; bytes that come again after that are new. */
  async forget(before: Date): Promise<void> {
    let pruned: number;
    do {
      const [, count]: [unknown, number] = await this.database.query(
        'DELETE FROM received WHERE ctid IN (SELECT ctid FROM received WHERE at < $1 LIMIT $2)',
        [before, PRUNED_AT_ONCE],
      );
      pruned = count;
    } while (pruned === PRUNED_AT_ONCE);
  }

  /** Rows go in sorted by hash, so that two uploads of the same bytes wait for each other and never deadlock. */
  async #remember(manager: EntityManager, upload: readonly Checked[], receivedAt: number): Promise<Checked[]> {
    const byHash = new Map(upload.map((checked) => [checked.hash, checked]));
    const sorted = [...byHash.values()].sort((a, b) => (a.hash < b.hash ? -1 : 1));
    const rows: { hash: string }[] = await manager.query(
      `INSERT INTO received (hash, tid, at)
       SELECT hash, tid, $3 FROM unnest($1::text[], $2::text[]) AS upload (hash, tid)
       ON CONFLICT (hash) DO UPDATE SET at = EXCLUDED.at WHERE received.at < EXCLUDED.at - interval '${REPEATED}'
       RETURNING hash`,
      [
        sorted.map(({ hash }) => hash),
        sorted.map((checked) => (isWellFormed(checked) ? checked.envelope.tid : null)),
        new Date(receivedAt),
      ],
    );
    const fresh = new Set(rows.map(({ hash }) => hash));
    return [...byHash.values()].filter(({ hash }) => fresh.has(hash));
  }
}
