// Tokens taken in here and not heard back from the ledger yet: what the dispatch rules must know beside the recorded
// chain, so that registering, approving, sealing and releasing in one go works.

import type { Envelope, ShipmentId } from '@unbroken/tokens';
import { parseStatementSync } from '@unbroken/manifests/node';
import type { EntityManager } from 'typeorm';

/**
 * Of one chain. Every release of it reads them all, so nobody may pile them up. What comes beyond is not kept, and that
 * is safe: a release whose predecessors are not known is refused, not passed, and the ledger tells of them in a moment.
 * Of two openings the earlier is kept, which is the one the ledger records first.
 */
const MOST_KEPT = 200;

export class Pending {
  /** In the transaction that takes them in. */
  async keep(manager: EntityManager, tokens: readonly Envelope[], at: Date): Promise<void> {
    if (tokens.length === 0) return;
    await manager.query(
      `WITH upload AS (
         SELECT tid, sub, token, place, row_number() OVER (PARTITION BY sub ORDER BY place) AS nth
         FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS upload (tid, sub, token, place)
       ), held AS (
         SELECT sub, count(*) AS tokens FROM pending WHERE sub = ANY($2::text[]) GROUP BY sub
       )
       INSERT INTO pending (tid, sub, token, kept_at)
       SELECT tid, sub, token, $4 FROM upload LEFT JOIN held USING (sub)
       WHERE coalesce(held.tokens, 0) + nth <= $5
       ORDER BY place ON CONFLICT (tid) DO NOTHING`,
      [
        tokens.map(({ tid }) => tid),
        tokens.map(({ claims }) => claims.sub),
        tokens.map(({ raw }) => raw),
        at,
        MOST_KEPT,
      ],
    );
  }

  /** In the transaction that folds them: from there on the chain itself knows them. */
  async heard(manager: EntityManager, tids: readonly string[]): Promise<void> {
    if (tids.length > 0) await manager.query('DELETE FROM pending WHERE tid = ANY($1::text[])', [tids]);
  }

  /** The ledger will never record these bytes. The same token under its true signature stays. */
  async refused(manager: EntityManager, tokens: readonly Envelope[]): Promise<void> {
    if (tokens.length === 0) return;
    await manager.query(
      `DELETE FROM pending USING unnest($1::text[], $2::text[]) AS refused (tid, token)
       WHERE pending.tid = refused.tid AND pending.token = refused.token`,
      [tokens.map(({ tid }) => tid), tokens.map(({ raw }) => raw)],
    );
  }

  /** Those of these shipments, in the order they came. */
  async of(manager: EntityManager, subs: readonly ShipmentId[]): Promise<Envelope[]> {
    const rows: { token: string }[] = await manager.query(
      'SELECT token FROM pending WHERE sub = ANY($1::text[]) ORDER BY no',
      [subs],
    );
    return rows.map(({ token }) => parseStatementSync(token));
  }

  /** What is older than `before` no longer waits for anything. */
  async forget(manager: EntityManager, before: Date): Promise<void> {
    await manager.query('DELETE FROM pending WHERE kept_at < $1', [before]);
  }
}
