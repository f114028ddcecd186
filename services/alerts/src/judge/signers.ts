// Which chains hold a token of a key, so that they are found when the key is revoked.

import type { Folded } from '@unbroken/chains';
import type { KeyId, ShipmentId } from '@unbroken/tokens';
import type { EntityManager } from 'typeorm';

/** A pair may be kept more than once, which is cheaper than looking whether it is there. */
export async function rememberSigners(manager: EntityManager, folded: readonly Folded[]): Promise<void> {
  const pairs = folded.flatMap(({ sub, recorded }) =>
    [...new Set(recorded.map(({ kid }) => kid))].map((kid) => ({ kid, sub })),
  );
  if (pairs.length === 0) return;
  await manager.query('INSERT INTO signers (kid, sub) SELECT * FROM unnest($1::text[], $2::text[])', [
    pairs.map(({ kid }) => kid),
    pairs.map(({ sub }) => sub),
  ]);
}

/** Every chain with a token of one of these keys. */
export async function chainsSignedWith(manager: EntityManager, kids: readonly KeyId[]): Promise<readonly ShipmentId[]> {
  const rows = await manager.query<{ sub: ShipmentId }[]>(
    'SELECT DISTINCT sub FROM signers WHERE kid = ANY($1::text[]) ORDER BY sub',
    [kids],
  );
  return rows.map(({ sub }) => sub);
}
