// Tokens taken in here and not heard back from the ledger yet: what the dispatch rules must know beside the recorded
// chain, so that registering, approving, sealing and releasing in one go works.

import type { WellFormed } from '@unbroken/intake';
import { isShipmentId } from '@unbroken/tokens';
import type { Envelope, ShipmentId } from '@unbroken/tokens';
import { parseTokenSync } from '@unbroken/tokens/node';
import type { EntityManager } from 'typeorm';

export class Pending {
  /** In the transaction that takes them in. */
  async keep(manager: EntityManager, tokens: readonly WellFormed[], at: Date): Promise<void> {
    const ofShipments = tokens.filter(({ envelope }) => isShipmentId(envelope.claims.sub));
    if (ofShipments.length === 0) return;
    await manager.query(
      `INSERT INTO pending (tid, sub, token, kept_at)
       SELECT tid, sub, token, $4 FROM unnest($1::text[], $2::text[], $3::text[])
         WITH ORDINALITY AS kept (tid, sub, token, place)
       ORDER BY place ON CONFLICT (tid) DO NOTHING`,
      [
        ofShipments.map(({ envelope }) => envelope.tid),
        ofShipments.map(({ envelope }) => envelope.claims.sub),
        ofShipments.map(({ envelope }) => envelope.raw),
        at,
      ],
    );
  }

  /** In the transaction that folds them: from there on the chain itself knows them. */
  async heard(manager: EntityManager, tids: readonly string[]): Promise<void> {
    if (tids.length > 0) await manager.query('DELETE FROM pending WHERE tid = ANY($1::text[])', [tids]);
  }

  /** Those of these shipments, in the order they came. */
  async of(manager: EntityManager, subs: readonly ShipmentId[]): Promise<Envelope[]> {
    const rows: { token: string }[] = await manager.query(
      'SELECT token FROM pending WHERE sub = ANY($1::text[]) ORDER BY no',
      [subs],
    );
    return rows.map(({ token }) => parseTokenSync(token));
  }

  /** What the ledger refused is never heard back; what is older than `before` no longer waits for anything. */
  async forget(manager: EntityManager, before: Date): Promise<void> {
    await manager.query('DELETE FROM pending WHERE kept_at < $1', [before]);
  }
}
