// Legal holds, as an erasure must know them: which incidents hold these shipments, or are held themselves.

import type { PartyId, ShipmentId } from '@unbroken/tokens';
import type { EntityManager } from 'typeorm';

export interface Hold {
  readonly incident: string;
  readonly owner: PartyId;
  /** Null: its own file is what is held. */
  readonly sub: ShipmentId | null;
}

/** Until the transaction ends nobody puts a hold on anything: what is not held now is not held when it is erased. */
export const stopHolds = (manager: EntityManager): Promise<unknown> =>
  manager.query('LOCK TABLE incidents, incident_alerts IN SHARE MODE');

export async function holdsOf(
  manager: EntityManager,
  { subs, incidents }: { readonly subs: readonly ShipmentId[]; readonly incidents: readonly string[] },
): Promise<readonly Hold[]> {
  return manager.query<Hold[]>(
    `SELECT DISTINCT incidents.id AS incident, owner, alerts.sub AS sub
     FROM incidents JOIN incident_alerts ON incident = incidents.id JOIN alerts ON alerts.id = alert
     WHERE held AND alerts.sub = ANY($1::text[])
     UNION SELECT id, owner, NULL FROM incidents WHERE held AND id = ANY($2::uuid[])`,
    [subs, incidents],
  );
}
