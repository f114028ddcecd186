// How an alert's contacts were told, as people and programs are shown it.

import type { RegistryView } from '@unbroken/chains';
import type { Alert, Notification, NotificationsAnswer } from '@unbroken/contracts';
import type { PartyId } from '@unbroken/tokens';
import { naming } from '@unbroken/words';
import type { DataSource } from 'typeorm';
import type { Contacts } from '../contacts/contact.js';
import { NO_CONTACTS, summaryOf } from './summary.js';
import { attemptsOf, toldOf } from './told.js';
import type { Told } from './told.js';

export interface ShownNotificationsParts {
  readonly dataSource: DataSource;
  readonly contacts: Contacts;
  readonly view: Pick<RegistryView, 'registry'>;
}

export class ShownNotifications {
  constructor(private readonly parts: ShownNotificationsParts) {}

  /** Of an alert that there is. Messages and attempts are those of one moment: an attempt may end while they are read. */
  of(alert: string): Promise<NotificationsAnswer> {
    return this.parts.dataSource.transaction('REPEATABLE READ', async (manager) => {
      const told = (await toldOf(manager, [alert])).get(alert) ?? [];
      const attempts = await attemptsOf(
        manager,
        told.map(({ id }) => id),
      );
      const summary = this.parts.contacts.isEmpty && told.length === 0 ? NO_CONTACTS : summaryOf(told, this.#nameOf);
      return { summary, notifications: told.map((row) => shown(row, attempts.get(row.id) ?? [])) };
    });
  }

  /** The alerts with the line about who was told of each; in the same order. */
  async add(alerts: readonly Alert[]): Promise<Alert[]> {
    const told = await toldOf(
      this.parts.dataSource.manager,
      alerts.map(({ id }) => id),
    );
    return alerts.map((alert) => {
      const rows = told.get(alert.id);
      return rows === undefined ? alert : { ...alert, notified: summaryOf(rows, this.#nameOf) };
    });
  }

  readonly #nameOf = naming((party) => this.parts.view.registry.party(party as PartyId)?.name);
}

const shown = (row: Told, attempts: Notification['attempts']): Notification => ({
  id: row.id,
  party: row.party,
  contact: row.contact,
  kind: row.kind,
  change: row.change,
  state: row.state,
  alerts: row.alerts,
  dueAt: row.due_at.toISOString(),
  attempts,
  ...(row.state === 'sending' && row.next_at !== null ? { nextAt: row.next_at.toISOString() } : {}),
});
