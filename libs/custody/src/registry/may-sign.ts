// Who may sign what in a party's chain (docs/protocol, section 3, "Party chain").

import type { PartyId } from '@unbroken/tokens';
import type { PartyClaims, PartyEvent } from '../events/catalogue.js';
import type { HeldKey } from './key-ring.js';

/** `established` brings its own key, so it is not asked here. */
export type SignedLater = PartyClaims<Exclude<PartyEvent, 'established'>>;

/** Whether the key may say this; whether it is revoked is another question. */
export function maySign(key: HeldKey, claims: SignedLater, operator: PartyId): boolean {
  if (key.party !== claims.iss) return false;
  switch (claims.evt) {
    case 'admitted':
      // An operator's phones, gateways and code desks sign for it too; letting parties in is not theirs.
      return key.party === operator && (key.use === 'root' || key.use === 'enroller');
    case 'enrolled':
      if (key.party !== claims.sub) return false;
      return key.use === 'root' || (key.use === 'enroller' && claims.use !== 'enroller');
    case 'revoked':
    case 'sited':
    case 'mandated':
    case 'policed':
      return key.party === claims.sub && key.use === 'root';
  }
}
