// Looks at the clock and passes on what nobody has acknowledged in time: each contact each alert once, whichever process
// and however many keep time, over every restart.

import type { Clock } from '@unbroken/platform';
import { Repeated } from '@unbroken/platform';
import type { DataSource, EntityManager } from 'typeorm';
import { alertsOf } from '../../alerts/find-alerts.js';
import { alertsLog } from '../../alerts-log.js';
import type { Contacts } from '../contacts/contact.js';
import { escalationOf, noticeOf } from './notice.js';
import { takeDueEscalations, writeEscalations } from './write-escalations.js';
import type { DueEscalation } from './write-escalations.js';
import { writeNotices } from './write-notices.js';

const POLL_MS = 500;
const AT_ONCE = 200;

export interface EscalatingParts {
  readonly dataSource: DataSource;
  readonly contacts: Contacts;
  readonly clock: Clock;
}

export class Escalating {
  readonly #looking = new Repeated({
    doSome: () => this.#passOnSome(),
    failed: (error, attempt) => alertsLog.warn('escalations.waiting', { attempt }, error),
    pollMs: POLL_MS,
  });

  constructor(private readonly parts: EscalatingParts) {}

  /** Returns at once; without contacts there is nobody to pass anything on to. */
  start(): void {
    if (!this.parts.contacts.isEmpty) this.#looking.start();
  }

  stop(): Promise<void> {
    return this.#looking.stop();
  }

  /** A crash before the commit leaves them pending; after it their contacts will be told. Answers whether there are more. */
  #passOnSome(): Promise<boolean> {
    const { dataSource, clock } = this.parts;
    return dataSource.transaction(async (manager) => {
      const { due, taken } = await takeDueEscalations(manager, clock.now(), AT_ONCE);
      if (due.length > 0) await this.#passOn(manager, due);
      return taken === AT_ONCE;
    });
  }

  /** An alert that is acknowledged meanwhile is not sent: the sender looks again. */
  async #passOn(manager: EntityManager, due: readonly DueEscalation[]): Promise<void> {
    const { contacts, clock } = this.parts;
    const alerts = new Map(
      (await alertsOf(manager, [...new Set(due.map(({ alert }) => alert))])).map((alert) => [alert.id, alert]),
    );
    const notices = due.flatMap(({ alert: id, party, contact }) => {
      const alert = alerts.get(id);
      const next = contacts.find(party, contact)?.escalate?.to ?? [];
      return next.flatMap((to) => {
        const target = contacts.find(party, to);
        return alert === undefined || target === undefined ? [] : [noticeOf('escalated', alert, target, clock.now())];
      });
    });
    await writeNotices(manager, notices);
    await writeEscalations(manager, notices.flatMap(escalationOf));
  }
}
