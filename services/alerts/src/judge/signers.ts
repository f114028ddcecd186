// Which chains hold a token of a key, so that they are found when the key is revoked.

import type { Folded } from '@unbroken/chains';
import { lines } from '@unbroken/platform';
import type { KeyId, ShipmentId } from '@unbroken/tokens';
import type { EntityManager } from 'typeorm';

/** One row for each key of a batch: a row for each of its tokens costs more than the judging. */
export async function rememberSigners(manager: EntityManager, folded: readonly Folded[]): Promise<void> {
  const signed = new Map<KeyId, Set<ShipmentId>>();
  for (const { sub, recorded } of folded) {
    for (const { kid } of recorded) {
      const subs = signed.get(kid);
      if (subs === undefined) signed.set(kid, new Set([sub]));
      else subs.add(sub);
    }
  }
  if (signed.size === 0) return;
  await manager.query(
    `INSERT INTO signers (kid, subs) SELECT * FROM unnest(string_to_array($1, E'\n'), string_to_array($2, E'\n'))`,
    [lines([...signed.keys()]), lines([...signed.values()].map((subs) => [...subs].join(' ')))],
  );
}

/** Every chain with a token of one of these keys. */
export async function chainsSignedWith(manager: EntityManager, kids: readonly KeyId[]): Promise<readonly ShipmentId[]> {
  const rows = await manager.query<{ sub: ShipmentId }[]>(
    `SELECT DISTINCT unnest(string_to_array(subs, ' ')) AS sub FROM signers WHERE kid = ANY($1::text[]) ORDER BY sub`,
    [kids],
  );
  return rows.map(({ sub }) => sub);
}
