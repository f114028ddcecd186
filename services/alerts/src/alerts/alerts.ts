// What people do with alerts: look at them, acknowledge them, make them somebody's task, resolve them.

import type { RegistryView } from '@unbroken/chains';
import type { AlertAssignment, AlertDecision, AlertsQuery } from '@unbroken/contracts';
import type { Clock } from '@unbroken/platform';
import type { Alert } from './alert.js';
import { isAlertId } from './alert-id.js';
import { changeAlerts } from './change-alerts.js';
import type { ChangePorts } from './change-alerts.js';
import { acknowledge, assign, resolve } from './decide-alerts.js';
import { findAlert, findAlerts } from './find-alerts.js';
import type { Contacts } from '../notify/contacts/contact.js';
import { alreadyDecided, unknownAlert, unknownAssignee, unknownContact, unknownDecider } from './problems.js';

export interface AlertsParts extends ChangePorts {
  readonly clock: Clock;
  readonly view: Pick<RegistryView, 'registry'>;
  readonly contacts: Pick<Contacts, 'find'>;
}

export class Alerts {
  constructor(private readonly parts: AlertsParts) {}

  find(query: AlertsQuery): ReturnType<typeof findAlerts> {
    return findAlerts(this.parts.dataSource.manager, query);
  }

  /** @throws Problem 404 */
  async get(id: string): Promise<Alert> {
    const alert = isAlertId(id) ? await findAlert(this.parts.dataSource.manager, id) : null;
    if (alert === null) throw unknownAlert(id);
    return alert;
  }

  /** @throws Problem 404, 422 for a party nobody knows, or 409 where somebody has acknowledged or resolved it before */
  acknowledge(id: string, decision: AlertDecision): Promise<Alert> {
    return this.#decide(acknowledge, id, decision);
  }

  /** @throws Problem 404, 422 for a party nobody knows, or 409 where it is resolved already */
  resolve(id: string, decision: AlertDecision): Promise<Alert> {
    return this.#decide(resolve, id, decision);
  }

  /**
   * Makes it the task of a party, and of one of its contacts, who is told. A crash before the commit assigns nothing; after
   * it the assignment is kept, will be announced, and the contact will be told.
   * @throws Problem 404, 422 for a party or contact nobody knows, or 409 where it is resolved already
   */
  async assign(id: string, { by, to, contact, reason }: AlertAssignment): Promise<Alert> {
    const { dataSource, outbox, relay, clock, view, contacts } = this.parts;
    if (!isAlertId(id)) throw unknownAlert(id);
    if (view.registry.party(by) === undefined) throw unknownDecider(by);
    if (view.registry.party(to) === undefined) throw unknownAssignee(to);
    if (contact !== undefined && contacts.find(to, contact) === undefined) throw unknownContact(to, contact);
    const assigned = await dataSource.transaction(async (manager) => {
      const at = new Date(clock.now());
      const alert = await assign(manager, id, { to, contact: contact ?? null, by, reason, at });
      if (alert !== null) await outbox.announceAssigned(manager, alert);
      return alert;
    });
    if (assigned === null) throw alreadyDecided(await this.get(id));
    relay.wake();
    return assigned;
  }

  /** A crash before the commit decides nothing; after it the decision is kept and will be announced. */
  async #decide(act: typeof resolve, id: string, { by, reason }: AlertDecision): Promise<Alert> {
    const { clock, view } = this.parts;
    if (!isAlertId(id)) throw unknownAlert(id);
    if (view.registry.party(by) === undefined) throw unknownDecider(by);
    const [decided] = await changeAlerts(this.parts, async (manager) => {
      const alert = await act(manager, id, { by, reason, at: new Date(clock.now()) });
      return alert === null ? [] : [alert];
    });
    if (decided === undefined) throw alreadyDecided(await this.get(id));
    return decided;
  }
}
