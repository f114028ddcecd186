// One attempt to tell one contact, and what comes of it.

import type { Clock } from '@unbroken/platform';
import type { DataSource, EntityManager } from 'typeorm';
import { alertsLog } from '../../alerts-log.js';
import type { Contact, Contacts } from '../contacts/contact.js';
import type { NotificationRow } from '../notification-row.js';
import { countAttempt } from './count-attempts.js';
import type { Job, JobQueue } from './job-queue.js';
import type { SendMail } from './mail.js';
import { alertsThatMatter } from './matters-still.js';
import type { Messages } from './message.js';
import type { Outcome } from './outcome.js';
import { GIVEN_UP_AFTER_MS, UNREACHED_AFTER_MS, pauseMs } from './pause.js';
import { postWebhook } from './webhook.js';

export interface AttemptParts {
  readonly dataSource: DataSource;
  readonly queue: JobQueue;
  readonly contacts: Contacts;
  readonly messages: Messages;
  readonly sendMail: SendMail;
  readonly clock: Clock;
}

export class Attempts {
  constructor(private readonly parts: AttemptParts) {}

  /**
   * A crash after sending and before its outcome is kept sends it once more, when the job expires: the contact is told at
   * least once. The message keeps its id (`webhook-id`, `Message-ID`), by which a receiver drops the second.
   */
  async make(job: Job): Promise<void> {
    const { dataSource, contacts } = this.parts;
    const row = await this.#find(dataSource.manager, job.data.notification);
    if (row?.state !== 'sending') return this.#end(job);
    const contact = contacts.find(row.party, row.contact);
    if (contact === undefined) return this.#drop(job, row);
    const alerts = await alertsThatMatter(dataSource.manager, row);
    if (alerts.length === 0) return this.#drop(job, row);
    return this.#note(job, row, await this.#send(contact, row, alerts));
  }

  async #send(
    contact: Contact,
    { id, change }: NotificationRow,
    alerts: Parameters<Messages['letter']>[1],
  ): Promise<Outcome> {
    const { messages, sendMail, clock } = this.parts;
    const { way } = contact;
    return way.kind === 'email'
      ? sendMail(way.address, id, await messages.letter(change, alerts))
      : postWebhook(way, { id, body: await messages.webhook(change, alerts, clock.now()) }, clock);
  }

  /** Outcome, job and next job in one transaction. */
  async #note(job: Job, row: NotificationRow, outcome: Outcome): Promise<void> {
    const { dataSource, queue, clock } = this.parts;
    const now = clock.now();
    const next = followUp(row, outcome, now);
    await dataSource.transaction(async (manager) => {
      await manager.query(
        `INSERT INTO notification_attempts (notification, no, at, outcome)
         SELECT $1, 1 + count(*), $2, $3 FROM notification_attempts WHERE notification = $1`,
        [row.id, new Date(now), outcome.reached ? 'delivered' : outcome.why],
      );
      await manager.query(
        `UPDATE notifications SET state = $2, tries = $3, first_tried_at = $4, next_at = $5, ended_at = $6, unreached = $7
         WHERE id = $1`,
        [row.id, next.state, next.tries, new Date(next.firstTriedAt), next.nextAt, next.endedAt, next.unreached],
      );
      await queue.done(manager, job);
      if (next.state === 'sending') await queue.putLater(manager, row.id, next.pauseMs);
    });
    countAttempt(row.kind, outcome);
    const { party, contact, kind } = row;
    // The operator's attention by log and figures, not by an alert: an alert would go the way that does not work.
    if (next.unreached && !row.unreached)
      alertsLog.error('notification.unreached', { party, contact, kind, tries: next.tries });
    if (next.state === 'failed') alertsLog.error('notification.given-up', { party, contact, kind, tries: next.tries });
  }

  /** Nobody needs to hear it any more. */
  async #drop(job: Job, { id }: NotificationRow): Promise<void> {
    const { dataSource, queue, clock } = this.parts;
    await dataSource.transaction(async (manager) => {
      await manager.query(`UPDATE notifications SET state = 'dropped', next_at = NULL, ended_at = $2 WHERE id = $1`, [
        id,
        new Date(clock.now()),
      ]);
      await queue.done(manager, job);
    });
  }

  async #end(job: Job): Promise<void> {
    await this.parts.dataSource.transaction((manager) => this.parts.queue.done(manager, job));
  }

  async #find(manager: EntityManager, id: string): Promise<NotificationRow | undefined> {
    const [row] = await manager.query<NotificationRow[]>('SELECT * FROM notifications WHERE id = $1', [id]);
    return row;
  }
}

interface FollowUp {
  readonly state: 'delivered' | 'failed' | 'sending';
  readonly tries: number;
  /** Milliseconds. */
  readonly firstTriedAt: number;
  readonly nextAt: Date | null;
  readonly endedAt: Date | null;
  readonly pauseMs: number;
  readonly unreached: boolean;
}

/** What an outcome means for the message; `now` in milliseconds. Pure. */
export function followUp(
  row: Pick<NotificationRow, 'tries' | 'first_tried_at'>,
  outcome: Outcome,
  now: number,
): FollowUp {
  const tries = row.tries + 1;
  const firstTriedAt = row.first_tried_at?.getTime() ?? now;
  const pause = pauseMs(tries);
  const ended = { tries, firstTriedAt, nextAt: null, endedAt: new Date(now), pauseMs: 0 };
  if (outcome.reached) return { ...ended, state: 'delivered', unreached: false };
  const givesUp = outcome.forGood || now - firstTriedAt >= GIVEN_UP_AFTER_MS;
  if (givesUp) return { ...ended, state: 'failed', unreached: true };
  const unreached = now - firstTriedAt >= UNREACHED_AFTER_MS;
  return {
    tries,
    firstTriedAt,
    nextAt: new Date(now + pause),
    endedAt: null,
    pauseMs: pause,
    state: 'sending',
    unreached,
  };
}
