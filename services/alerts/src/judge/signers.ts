// Which chains hold a token of a key, so that they are found when the key is revoked.

import type { Folded } from '@unbroken/chains';
import { lines } from '@unbroken/platform';
import type { KeyId, ShipmentId } from '@unbroken/tokens';
import type { EntityManager } from 'typeorm';

/** A pair may be kept more than once, which is cheaper than looking whether it is there. */
export async function rememberSigners(manager: EntityManager, folded: readonly Folded[]): Promise<void> {
  const pairs = folded.flatMap(({ sub, recorded }) =>
    [...new Set(recorded.map(({ kid }) => kid))].map((kid) => ({ kid, sub })),
  );
  if (pairs.length === 0) return;
  await manager.query(
    `INSERT INTO signers (kid, sub) SELECT * FROM unnest(string_to_array($1, E'\n'), string_to_array($2, E'\n'))`,
    [lines(pairs.map(({ kid }) => kid)), lines(pairs.map(({ sub }) => sub))],
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
