// Anybody can tell the finder desk anything, any number of times: of what finders say a chain has one open alert
// (docs/protocol, section 5, `misdelivery.stranger`). What was told while it was open was seen with it; what is told after a
// person has resolved it is news, and raises the next.

import type { AlertCode } from '@unbroken/contracts';
import type { ShipmentId, TokenId } from '@unbroken/tokens';
import type { EntityManager } from 'typeorm';
import type { Holding } from '../alerts/alert.js';
import type { Ruling } from './ruling.js';

const SAYS_A_FINDER: AlertCode = 'misdelivery.stranger';

interface KnownRow {
  readonly sub: ShipmentId;
  readonly tid: TokenId;
  /** Null while it is open, or where it resolved itself. */
  readonly resolved_by: string | null;
  readonly resolved_at: Date | null;
}

/**
 * All that holds, but of what finders say only what is to be an alert. The chains are locked by the caller. Reading again
 * what was read before answers the same.
 */
export async function withOneFinder(manager: EntityManager, rulings: readonly Ruling[]): Promise<readonly Holding[]> {
  const subs = rulings.filter(({ holding }) => holding.some(isOfFinder)).map(({ state }) => state.sub);
  if (subs.length === 0) return rulings.flatMap(({ holding }) => holding);
  const known = await manager.query<KnownRow[]>(
    'SELECT sub, tid, resolved_by, resolved_at FROM alerts WHERE code = $1 AND sub = ANY($2::text[])',
    [SAYS_A_FINDER, subs],
  );
  return rulings.flatMap((ruling) => [
    ...ruling.holding.filter((finding) => !isOfFinder(finding)),
    ...ofFinders(
      ruling,
      known.filter(({ sub }) => sub === ruling.state.sub),
    ),
  ]);
}

const isOfFinder = ({ code }: Holding): boolean => code === SAYS_A_FINDER;

function ofFinders({ holding, complete }: Ruling, known: readonly KnownRow[]): readonly Holding[] {
  const said = holding.filter(isOfFinder);
  const alerts = new Set<string>(known.map(({ tid }) => tid));
  const again = said.filter(({ tid }) => alerts.has(tid));
  // An alert of the whole chain that is not among what holds is about to resolve itself.
  const holds = new Set<string>(said.map(({ tid }) => tid));
  const isOpen = known.some(({ tid, resolved_by }) => resolved_by === null && (!complete || holds.has(tid)));
  if (isOpen) return again;
  const seen = Math.max(0, ...known.map(({ resolved_at }) => resolved_at?.getTime() ?? 0));
  const news = said.find(({ tid, recordedAt = 0 }) => !alerts.has(tid) && recordedAt >= seen);
  return news === undefined ? again : [...again, news];
}
