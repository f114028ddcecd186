// One chain as a party that has to do with it is shown it.

import type { ShipmentView } from '@unbroken/contracts';
import type { ChainSummary, Status } from '@unbroken/custody';

/** Statuses of chains on which nobody waits any more. */
const ENDED: readonly Status[] = ['confirmed', 'destroyed', 'void'];
const ALL: Readonly<Record<Status, true>> = {
  disputed: true,
  confirmed: true,
  destroyed: true,
  void: true,
  lost: true,
  astray: true,
  offered: true,
  prepared: true,
  arrived: true,
  'in-custody': true,
};

/** Every status there is. */
export const statuses = Object.keys(ALL) as readonly Status[];

/** Those of chains that go on. */
export const openStatuses: readonly Status[] = statuses.filter((status) => !ENDED.includes(status));

export function shipmentView(chain: ChainSummary): ShipmentView {
  const { sub, status, sender, consignee, holder, responsible, due, pieces, opening, offer, recordedAt } = chain;
  return {
    sub,
    status,
    from: sender,
    to: consignee,
    holder,
    responsible,
    due,
    since: new Date(recordedAt).toISOString(),
    pieces,
    class: opening?.class ?? null,
    offer: offer && { tid: offer.tid, from: offer.from, to: offer.to, mode: offer.mode, until: offer.until },
  };
}
