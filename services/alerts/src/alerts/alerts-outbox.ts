// Everything that a change of alerts sets going, in the transaction of the change: the other services are told over
// custody.alerts.v1, many of a kind become one incident, and contacts are told by mail and webhook.

import { Outbox } from '@unbroken/platform';
import type { Clock } from '@unbroken/platform';
import type { EntityManager } from 'typeorm';
import { gatherStorms } from '../incidents/storms.js';
import type { Notices } from '../notify/decide/notices.js';
import type { Alert } from './alert.js';
import { announcement } from './announce.js';

export class AlertsOutbox {
  readonly #outbox = new Outbox();

  constructor(
    private readonly notices: Notices,
    private readonly clock: Clock,
  ) {}

  /**
   * Alerts that were raised, acknowledged or resolved. Call `relay.wake()` after the commit. A crash before it keeps
   * nothing; after it they are announced, and their contacts told, now or after the next start.
   */
  async announce(manager: EntityManager, alerts: readonly Alert[]): Promise<void> {
    await this.#outbox.append(manager, alerts.map(announcement));
    const now = this.clock.now();
    await this.notices.changed(manager, alerts, now, await gatherStorms(manager, alerts, now));
  }

  /** An alert that was made somebody's task; else as `announce`. */
  async announceAssigned(manager: EntityManager, alert: Alert): Promise<void> {
    await this.#outbox.append(manager, [announcement(alert)]);
    await this.notices.assigned(manager, alert, this.clock.now());
  }
}
