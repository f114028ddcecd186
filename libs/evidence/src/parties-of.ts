// Whose chains a bundle must hold: the ledger puts them in, and a verifier looks for them.

import { isMalformed } from '@unbroken/custody';
import type { ChainState } from '@unbroken/custody';
import type { PartyId } from '@unbroken/tokens';

/** The operator, everybody who signed, and everybody who is named. */
export function partiesOf(state: ChainState, operator: PartyId): ReadonlySet<PartyId> {
  const signers = state.history.flatMap((one) => (isMalformed(one) ? [] : [one.claims.iss]));
  return new Set([operator, ...signers, ...state.parties]);
}
