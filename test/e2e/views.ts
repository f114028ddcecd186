// What the people of a parcel see of it in their own services, in one line each.

import type { ShipmentView } from '@unbroken/contracts';
import type { UnbrokenClient } from '@unbroken/sdk';
import type { Cast } from './cast/cast.js';

export interface Seen {
  /** Its status among what the sender has sent. */
  readonly sender?: string;
  readonly courier?: 'offered' | 'held';
  readonly consignee?: 'expected' | 'at the door' | 'arrived';
}

/** Where the parcel is in the lists of its sender, its courier and its consignee; what is on no list is left out. */
export async function seen(client: UnbrokenClient, cast: Cast, sub: string): Promise<Seen> {
  const [{ shipments }, { offered, held }, { expected, arrived }] = await Promise.all([
    client.sent(cast.sender.id),
    client.custody(cast.courier.id),
    client.arrivals(cast.consignee.id),
  ]);
  const among = <V extends ShipmentView>(list: readonly V[]) => list.find((view) => view.sub === sub);
  const sent = among(shipments)?.status;
  const awaited = among(expected);
  return {
    ...(sent !== undefined && { sender: sent }),
    ...(among(offered) && { courier: 'offered' }),
    ...(among(held) && { courier: 'held' }),
    ...(awaited && { consignee: awaited.offered ? 'at the door' : 'expected' }),
    ...(among(arrived) && { consignee: 'arrived' }),
  };
}
