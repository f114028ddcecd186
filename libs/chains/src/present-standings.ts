// A revocation that is heard later throws suspicion on what was signed before (docs/protocol, section 3, `revoked`):
// the same chain with what is known of its keys now. It changes findings, never the fold.

import { isMalformed } from '@unbroken/custody';
import type { ChainState } from '@unbroken/custody';
import type { RegistryView } from './registry-view.js';

/** The state with every signer's standing as the view knows it now. */
export function withPresentStandings(state: ChainState, { registry }: Pick<RegistryView, 'registry'>): ChainState {
  const history = state.history.map((recorded) => {
    if (isMalformed(recorded)) return recorded;
    const { kid, claims, registrySize } = recorded;
    return { ...recorded, standing: registry.standing(kid, { iat: claims.iat, registrySize }) };
  });
  return { ...state, history };
}
