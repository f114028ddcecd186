// Whoever changes alerts does it in one transaction with their announcement and with whom to tell: all of it is
// kept or nothing.

import type { OutboxRelay } from '@unbroken/platform';
import type { DataSource, EntityManager } from 'typeorm';
import type { Alert } from './alert.js';
import type { AlertsOutbox } from './alerts-outbox.js';
import { countChanges } from './count-changes.js';

export interface ChangePorts {
  readonly dataSource: DataSource;
  readonly outbox: AlertsOutbox;
  readonly relay: Pick<OutboxRelay, 'wake'>;
}

/**
 * Answers the alerts that `work` says it has changed. A crash before the commit changes nothing; after it they are changed
 * and will be announced.
 */
export async function changeAlerts(
  { dataSource, outbox, relay }: ChangePorts,
  work: (manager: EntityManager) => Promise<readonly Alert[]>,
): Promise<readonly Alert[]> {
  const changed = await dataSource.transaction(async (manager) => {
    const alerts = await work(manager);
    await outbox.announce(manager, alerts);
    return alerts;
  });
  if (changed.length > 0) relay.wake();
  countChanges(changed);
  return changed;
}
