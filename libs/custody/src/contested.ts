// Which branches of a fork somebody still has to say something about (docs/protocol, section 5, `chain.disputed`).

import type { TokenId } from '@unbroken/tokens';
import type { Recorded } from './recorded.js';
import { walk } from './walk.js';

/**
 * The first tokens of all branches but the first recorded, while the chain is disputed; once it is not, those recorded
 * after the last settlement that counted: whoever settled could not know of them. Pure and total.
 */
export function contested(history: readonly Recorded[]): ReadonlySet<TokenId> {
  const rivals: Recorded[] = [];
  const { disputed, settlements } = walk(history, ({ token, rival }) => {
    if (rival) rivals.push(token);
  });
  const settledAt = disputed.length > 0 ? -1 : Math.max(-1, ...settlements.map(({ index }) => index));
  return new Set(rivals.filter(({ index }) => index > settledAt).map(({ tid }) => tid));
}
