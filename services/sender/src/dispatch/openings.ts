// Which token opens a chain of which the ledger has recorded no opening yet. Its sender may have signed `registered`
// more than once, by mistake or to pass off a harmless one, and by other doors they reach the ledger in any order: each
// may turn out to be the first recorded, which opens the chain (docs/protocol, section 4).

import { isMalformed } from '@unbroken/custody';
import type { Recorded } from '@unbroken/custody';
import { shipmentId } from '@unbroken/tokens';

/** Those that open the chain where they are recorded first. */
export const openingsIn = (history: readonly Recorded[]): readonly Recorded[] =>
  history.filter((recorded) => {
    if (isMalformed(recorded) || recorded.claims.evt !== 'registered') return false;
    const { iss, jti, sub, seq } = recorded.claims;
    return seq === 0 && sub === shipmentId(iss, jti) && recorded.standing.key !== 'revoked';
  });

/**
 * The chain as if `opening` were the only one: what follows another in the line follows this one, so that a release is
 * judged by it whichever it names. Remarks stay where they are: whoever approved one has not approved the other.
 */
export function openedBy(
  opening: Recorded,
  openings: readonly Recorded[],
  history: readonly Recorded[],
): readonly Recorded[] {
  const others = new Set(openings.filter((one) => one !== opening).map(({ tid }) => tid));
  if (others.size === 0) return history;
  return history
    .filter(({ tid }) => !others.has(tid))
    .map((recorded) => {
      if (isMalformed(recorded) || !('prev' in recorded.claims) || !('seq' in recorded.claims)) return recorded;
      const { claims } = recorded;
      return others.has(claims.prev) ? { ...recorded, claims: { ...claims, prev: opening.tid } } : recorded;
    });
}
