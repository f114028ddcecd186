// Which chains hold a token of a key, so that they are found when the key is revoked.

import type { Folded } from '@unbroken/chains';
import type { KeyId, ShipmentId } from '@unbroken/tokens';
import type { EntityManager } from 'typeorm';

export async function rememberSigners(manager: EntityManager, folded: readonly Folded[]): Promise<void> {
  const pairs = new Map(
    folded.flatMap(({ sub, recorded }) => recorded.map(({ kid }) => [`${kid} ${sub}`, { kid, sub }] as const)),
  );
  if (pairs.size === 0) return;
  // In one order everywhere, so that two transactions never wait for each other.
  const inOrder = [...pairs].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, pair]) => pair);
  await manager.query(
    `INSERT INTO signers (kid, sub) SELECT * FROM unnest($1::text[], $2::text[]) ON CONFLICT DO NOTHING`,
    [inOrder.map(({ kid }) => kid), inOrder.map(({ sub }) => sub)],
  );
}

/** Every chain with a token of one of these keys. */
export async function chainsSignedWith(manager: EntityManager, kids: readonly KeyId[]): Promise<readonly ShipmentId[]> {
  const rows = await manager.query<{ sub: ShipmentId }[]>(
    'SELECT DISTINCT sub FROM signers WHERE kid = ANY($1::text[]) ORDER BY sub',
    [kids],
  );
  return rows.map(({ sub }) => sub);
}
