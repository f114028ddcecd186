// The state of a shipment's chain as it is answered and printed.

import type { ShipmentState } from '@unbroken/contracts';
import type { ChainState } from '@unbroken/custody';

export function shownState(state: ChainState): ShipmentState {
  const { status, holder, responsible, consignee, head, seq, offer, seals, pieces, closed, disputed, gaps } = state;
  return {
    status,
    holder,
    responsible,
    consignee,
    head,
    seq,
    offer: offer && { tid: offer.tid, from: offer.from, to: offer.to, mode: offer.mode, until: offer.until },
    seals: { ...seals },
    pieces,
    closed,
    disputed: [...disputed],
    gaps: [...gaps],
  };
}
