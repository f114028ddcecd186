// Names that no party may take, because they already mean something where a party id stands.

import { isShipmentId } from '@unbroken/tokens';
import type { PartyId } from '@unbroken/tokens';

/** The consignee who is not a party: a person who confirms by one-time code (docs/protocol, section 4 rule 8). */
export const guest = 'guest' as PartyId;

/** Whether nobody may establish a party of this name: `guest`, and whatever `sub` would take for a shipment. */
export const isReservedName = (party: PartyId): boolean => party === guest || isShipmentId(party);
