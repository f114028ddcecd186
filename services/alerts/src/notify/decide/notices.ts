// Who is to be told is kept in the transaction in which the alert changes: either both are kept or neither is. Telling
// comes later (../send).

import type { PartyId } from '@unbroken/tokens';
import type { EntityManager } from 'typeorm';
import type { Alert } from '../../alerts/alert.js';
import type { Contacts } from '../contacts/contact.js';
import { escalationOf, noticeOf, noticesOfRaised } from './notice.js';
import type { Notice } from './notice.js';
import { writeEscalations } from './write-escalations.js';
import { writeNotices } from './write-notices.js';

export class Notices {
  constructor(private readonly contacts: Contacts) {}

  /**
   * Alerts that have changed: raised, or resolved by themselves, which is told to whoever may have heard of them. What a
   * person has decided ends escalations and is told to nobody: the alert's own state says it, and is looked at before
   * anything is sent. `now` in milliseconds; `stormy`: ids of those that are part of a storm. A crash before the commit keeps nothing; after it the contacts will be told.
   */
  async changed(
    manager: EntityManager,
    alerts: readonly Alert[],
    now: number,
    stormy: ReadonlySet<string>,
  ): Promise<void> {
    if (this.contacts.isEmpty || alerts.length === 0) return;
    const raised = alerts
      .filter(({ state }) => state === 'raised')
      .flatMap((alert) => noticesOfRaised(alert, this.contacts, now));
    const settled = alerts.filter(({ state, resolved }) => state === 'resolved' && resolved?.by === null);
    await writeNotices(manager, [...raised, ...(await this.#noticesOfSettled(manager, settled, now))], stormy);
    // An alert that is raised again escalates again, from its first level on.
    await manager.query('DELETE FROM escalations WHERE alert = ANY($1::uuid[])', [alerts.map(({ id }) => id)]);
    await writeEscalations(manager, raised.flatMap(escalationOf));
  }

  /** An alert that was made a contact's task. */
  async assigned(manager: EntityManager, alert: Alert, now: number): Promise<void> {
    const { to, contact: id } = alert.assigned ?? {};
    const contact = to !== undefined && id != null ? this.contacts.find(to, id) : undefined;
    if (contact !== undefined) await writeNotices(manager, [noticeOf('assigned', alert, contact, now)]);
  }

  async #noticesOfSettled(manager: EntityManager, alerts: readonly Alert[], now: number): Promise<Notice[]> {
    if (alerts.length === 0) return [];
    const byId = new Map(alerts.map((alert) => [alert.id, alert]));
    const told = await manager.query<{ alert: string; party: PartyId; contact: string }[]>(
      `SELECT DISTINCT alert, party, contact FROM notification_alerts JOIN notifications ON id = notification
       WHERE alert = ANY($1::uuid[]) AND change <> 'resolved'`,
      [[...byId.keys()]],
    );
    return told.flatMap(({ alert: id, party, contact: name }) => {
      const alert = byId.get(id);
      const contact = this.contacts.find(party, name);
      return alert === undefined || contact === undefined ? [] : [noticeOf('resolved', alert, contact, now)];
    });
  }
}
