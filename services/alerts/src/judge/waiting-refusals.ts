// Refusals that name a shipment of which nobody is known yet who could be told: what a refused token says of parties is not
// to be trusted. They wait until the shipment is known.

import type { ShipmentId, TokenId } from '@unbroken/tokens';
import type { EntityManager } from 'typeorm';
import type { Holding } from '../alerts/alert.js';
import { partiesTold } from '../alerts/parties-told.js';
import type { Ruling } from './ruling.js';

/** A token that was refused, the shipment it names, and why. */
export interface Refusal {
  readonly sub: ShipmentId;
  readonly tid: TokenId;
  readonly refusal: string;
}

/** As long as the topic keeps the bytes. A shipment that is not known by then is nobody's. */
const WAITS = '90 days';

/**
 * In the transaction of who has heard them, with the chains locked, so that none becomes known meanwhile. A crash before the
 * commit keeps nothing, and the batch comes again. `now` in milliseconds.
 */
export async function letWait(manager: EntityManager, refusals: readonly Refusal[], now: number): Promise<void> {
  if (refusals.length === 0) return;
  await manager.query(`DELETE FROM waiting_refusals WHERE heard_at < $1::timestamptz - interval '${WAITS}'`, [
    new Date(now),
  ]);
  await manager.query(
    `INSERT INTO waiting_refusals (sub, refusal, tid, heard_at)
     SELECT sub, refusal, tid, $4 FROM unnest($1::text[], $2::text[], $3::text[]) AS heard (sub, refusal, tid)
     ON CONFLICT DO NOTHING`,
    [
      refusals.map(({ sub }) => sub),
      refusals.map(({ refusal }) => refusal),
      refusals.map(({ tid }) => tid),
      new Date(now),
    ],
  );
}

/**
 * What waited for these chains and waits no longer. In the transaction in which they are judged: a crash before its commit
 * leaves it waiting, after it the alerts are there.
 */
export async function endWaiting(manager: EntityManager, rulings: readonly Ruling[]): Promise<readonly Holding[]> {
  // Nothing waits for a chain that was known before: a batch that opens none asks nothing.
  const told = new Map(
    rulings.flatMap(({ state, opens }) => (opens && hasOpened(state) ? [[state.sub, partiesTold(state)]] : [])),
  );
  if (told.size === 0) return [];
  const waited = await manager.query<Refusal[]>(
    `WITH ended AS (DELETE FROM waiting_refusals WHERE sub = ANY($1::text[]) RETURNING sub, tid, refusal)
     SELECT sub, tid, refusal FROM ended`,
    [[...told.keys()]],
  );
  return waited.flatMap((refusal) => {
    const parties = told.get(refusal.sub);
    return parties === undefined ? [] : [{ ...refusal, code: 'token.refused' as const, ...parties }];
  });
}

/** Is there somebody to tell? Of a chain whose opening is still to come nobody is known. */
export const hasOpened = ({ sender }: Ruling['state']): boolean => sender !== null;
