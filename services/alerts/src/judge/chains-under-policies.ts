// Which chains name a policy document, so that they are judged again when it is heard.

import type { Folded } from '@unbroken/chains';
import type { Hash, ShipmentId } from '@unbroken/tokens';
import type { EntityManager } from 'typeorm';

/** Keeps those that name one since they were folded: the opening does, for good. */
export async function rememberPolicies(manager: EntityManager, folded: readonly Folded[]): Promise<void> {
  const opened = folded.filter(({ before, after }) => after.policy !== null && after.policy !== before.policy);
  if (opened.length === 0) return;
  await manager.query('INSERT INTO chain_policies (policy, sub) SELECT * FROM unnest($1::text[], $2::text[])', [
    opened.map(({ after }) => after.policy),
    opened.map(({ sub }) => sub),
  ]);
}

export async function chainsUnderPolicies(
  manager: EntityManager,
  policies: readonly Hash[],
): Promise<readonly ShipmentId[]> {
  const rows = await manager.query<{ sub: ShipmentId }[]>(
    'SELECT DISTINCT sub FROM chain_policies WHERE policy = ANY($1::text[]) ORDER BY sub',
    [policies],
  );
  return rows.map(({ sub }) => sub);
}
