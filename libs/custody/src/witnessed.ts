// Which tokens of revoked keys have their place all the same (docs/protocol, section 4, rule 9).

import type { TokenId } from '@unbroken/tokens';
import type { Anchor, Said } from './anchor.js';
import { isMalformed } from './recorded.js';
import type { Recorded } from './recorded.js';

/**
 * The tokens that a valid key of the same party has witnessed. Not the key itself: whoever stole it could otherwise speak
 * for what it signs by dating its word back.
 */
export function witnessedTokens(
  history: readonly Recorded[],
  anchor: ReadonlyMap<TokenId, Anchor>,
  said: Said,
): ReadonlySet<TokenId> {
  const witnessed = new Set<TokenId>();
  for (const token of history) {
    if (isMalformed(token) || token.claims.evt !== 'witnessed' || token.standing.key === 'revoked') continue;
    const other = said.get(token.claims.of);
    if (anchor.get(token.tid) !== 'anchored' || other === undefined || isMalformed(other)) continue;
    if (other.claims.iss === token.claims.iss && other.kid !== token.kid) witnessed.add(other.tid);
  }
  return witnessed;
}
