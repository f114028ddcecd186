// Sends what is due, for as long as it takes: messages that have gathered go into the queue, and what the queue gives out is
// attempted, several at the same time, so that one receiver that does not answer keeps nobody waiting.

import { Repeated } from '@unbroken/platform';
import type { Clock } from '@unbroken/platform';
import type { DataSource } from 'typeorm';
import { alertsLog } from '../../alerts-log.js';
import type { Contacts } from '../contacts/contact.js';
import type { Attempts } from './attempts.js';
import { countUnreached } from './count-attempts.js';
import type { Job, JobQueue } from './job-queue.js';

const POLL_MS = 500;
const DUE_AT_ONCE = 200;
const ATTEMPTS_AT_ONCE = 16;

export interface SendingParts {
  readonly dataSource: DataSource;
  readonly queue: JobQueue;
  readonly attempts: Pick<Attempts, 'make'>;
  readonly contacts: Contacts;
  readonly clock: Clock;
}

export class Sending {
  readonly #underWay = new Set<Promise<void>>();
  readonly #queueing = new Repeated({
    doSome: () => this.#queueDue(),
    failed: (error, attempt) => alertsLog.warn('notifications.waiting', { attempt }, error),
    pollMs: POLL_MS,
  });
  readonly #attempting = new Repeated({
    doSome: () => this.#attemptSome(),
    failed: (error, attempt) => alertsLog.warn('notifications.waiting', { attempt }, error),
    pollMs: POLL_MS,
  });

  constructor(private readonly parts: SendingParts) {}

  /** Returns at once; without contacts nothing is sent, and nothing runs. */
  start(): void {
    if (this.parts.contacts.isEmpty) return;
    this.#queueing.start();
    this.#attempting.start();
  }

  /** After the attempts in hand; the rest is sent after the next start. */
  async stop(): Promise<void> {
    await Promise.all([this.#queueing.stop(), this.#attempting.stop()]);
    await Promise.all(this.#underWay);
    await this.parts.queue.stop();
  }

  /**
   * A crash before the commit leaves them waiting; after it their jobs are in the queue. Answers whether there are more.
   * From here on nothing is added to them: what comes is another message (decide/write-notices.ts).
   */
  async #queueDue(): Promise<boolean> {
    const { dataSource, queue, clock } = this.parts;
    await queue.start();
    const now = new Date(clock.now());
    const due = await dataSource.transaction(async (manager) => {
      const rows = await manager.query<{ id: string }[]>(
        `WITH due AS (
           SELECT id FROM notifications WHERE state = 'waiting' AND due_at <= $1
           ORDER BY due_at LIMIT $2 FOR UPDATE SKIP LOCKED
         ), taken AS (
           UPDATE notifications SET state = 'sending', next_at = $1 FROM due WHERE notifications.id = due.id
           RETURNING notifications.id
         )
         SELECT id FROM taken`,
        [now, DUE_AT_ONCE],
      );
      if (rows.length > 0)
        await queue.put(
          manager,
          rows.map(({ id }) => id),
        );
      return rows.length;
    });
    if (due > 0) this.#attempting.wake();
    return due === DUE_AT_ONCE;
  }

  async #attemptSome(): Promise<boolean> {
    await this.parts.queue.start();
    const free = ATTEMPTS_AT_ONCE - this.#underWay.size;
    const jobs = free === 0 ? [] : await this.parts.queue.take(free);
    for (const job of jobs) this.#begin(job);
    return jobs.length > 0 && this.#underWay.size < ATTEMPTS_AT_ONCE;
  }

  /** What fails here is not the contact but this house: the job comes again when it expires. */
  #begin(job: Job): void {
    const attempt = this.parts.attempts
      .make(job)
      .then(() => this.#countUnreached())
      .catch((error: unknown) =>
        alertsLog.warn('notification.interrupted', { notification: job.data.notification }, error),
      )
      .finally(() => {
        this.#underWay.delete(attempt);
        this.#attempting.wake();
      });
    this.#underWay.add(attempt);
  }

  async #countUnreached(): Promise<void> {
    const [row] = await this.parts.dataSource.query<{ count: number }[]>(
      `SELECT count(*)::integer AS count FROM notifications WHERE state = 'sending' AND unreached`,
    );
    countUnreached(row?.count ?? 0);
  }
}
