// A revocation that is heard later throws suspicion on what was signed before (docs/protocol, section 3, `revoked`):
// the same chain with what is known of its keys now. It changes findings, never the fold.

import type { ChainState } from '../chain-state.js';
import { isMalformed } from '../recorded.js';
import type { Registry } from './registry.js';

/** The state with every signer's standing as the registry knows it now. */
export function withPresentStandings(state: ChainState, { registry }: { readonly registry: Registry }): ChainState {
  const history = state.history.map((recorded) => {
    if (isMalformed(recorded)) return recorded;
    const { kid, claims, registrySize } = recorded;
    return { ...recorded, standing: registry.standing(kid, { iat: claims.iat, registrySize }) };
  });
  return { ...state, history };
}
