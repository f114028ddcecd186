// Who may sign what in a party's chain (docs/protocol, section 3, "Party chain").

import type { KeyId, PartyId } from '@unbroken/tokens';
import type { PartyClaims, PartyEvent } from '../events/catalogue.js';
import type { HeldKey } from './key-ring.js';

/** `established` and `rooted` bring their own key, so they are not asked here. */
export type SignedLater = PartyClaims<Exclude<PartyEvent, 'established' | 'rooted'>>;

/** What the answer depends on beside the key. */
interface Whose {
  readonly operator: PartyId;
  /** The root key of the key's party when the token was recorded. */
  readonly rootKid: KeyId | undefined;
}

/** Whether the key may say this; whether it is revoked is another question. */
export function maySign(key: HeldKey, claims: SignedLater, { operator, rootKid }: Whose): boolean {
  if (key.party !== claims.iss) return false;
  // A root key that another one took over from speaks for nobody, whatever time it signs with.
  const isRoot = key.use === 'root' && key.kid === rootKid;
  switch (claims.evt) {
    case 'admitted':
      // An operator's phones, gateways and code desks sign for it too; letting parties in is not theirs.
      return key.party === operator && (isRoot || key.use === 'enroller');
    case 'enrolled':
      if (key.party !== claims.sub) return false;
      return isRoot || (key.use === 'enroller' && claims.use !== 'enroller');
    case 'revoked':
    case 'sited':
    case 'mandated':
    case 'policed':
      return key.party === claims.sub && isRoot;
  }
}
