// Whoever changes alerts does it in one transaction with their announcement: either both are kept or neither.

import type { Outbox, OutboxRelay } from '@unbroken/platform';
import type { DataSource, EntityManager } from 'typeorm';
import type { Alert } from './alert.js';
import { announcement } from './announce.js';
import { countChanges } from './count-changes.js';

export interface ChangePorts {
  readonly dataSource: DataSource;
  readonly outbox: Outbox;
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
    await outbox.append(manager, alerts.map(announcement));
    return alerts;
  });
  if (changed.length > 0) relay.wake();
  countChanges(changed);
  return changed;
}
