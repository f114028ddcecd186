// Which chains name a policy document.

import type { Hash, ShipmentId } from '@unbroken/tokens';
import type { EntityManager } from 'typeorm';

export async function chainsUnderPolicies(
  manager: EntityManager,
  policies: readonly Hash[],
): Promise<readonly ShipmentId[]> {
  const rows = await manager.query<{ sub: ShipmentId }[]>(
    'SELECT sub FROM chains WHERE policy = ANY($1::text[]) ORDER BY sub',
    [policies],
  );
  return rows.map(({ sub }) => sub);
}
