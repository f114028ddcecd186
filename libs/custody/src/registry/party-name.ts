// Who may establish a party of which name.

import { readShipmentId } from '@unbroken/tokens';
import type { KeyId, PartyId } from '@unbroken/tokens';

/** The consignee who is not a party: a person who confirms by one-time code (docs/protocol, section 4 rule 8). */
export const guest = 'guest' as PartyId;

/** The party that admits others, and, where settings pin it, its root key: then nobody else can take its name. */
export interface Operator {
  readonly operator: PartyId;
  readonly operatorKid?: KeyId;
}

/**
 * Whether a root key may establish a party of this name, where the name is free. `guest` is nobody, and a name that
 * `sub` would take for a shipment is reserved.
 */
export function mayEstablish(party: PartyId, rootKid: KeyId, { operator, operatorKid }: Operator): boolean {
  if (party === guest || readShipmentId(party) !== null) return false;
  return party !== operator || operatorKid === undefined || operatorKid === rootKid;
}
