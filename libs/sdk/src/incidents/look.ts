// What a party sees of a parcel in the service made for it.

import type { ShipmentView } from '@unbroken/contracts';
import type { PartyId, ShipmentId } from '@unbroken/tokens';
import type { UnbrokenClient } from '../client/unbroken-client.js';
import type { View } from './step.js';

type Lister = (client: UnbrokenClient, party: PartyId) => Promise<readonly ShipmentView[]>;

const listers: Readonly<Record<View, Lister>> = {
  sent: async (client, party) => (await client.sent(party)).shipments,
  offered: async (client, party) => (await client.custody(party)).offered,
  held: async (client, party) => (await client.custody(party)).held,
  expected: async (client, party) => (await client.arrivals(party)).expected,
  arrived: async (client, party) => (await client.arrivals(party)).arrived,
};

/** As the screens name the lists. */
export const viewNames: Readonly<Record<View, string>> = {
  sent: 'Sent by you',
  offered: 'Offered to you',
  held: 'Held by you',
  expected: 'Expected',
  arrived: 'Arrived, not confirmed',
};

/** The parcel as this party sees it in that list; undefined where it is not there. */
export async function look(
  client: UnbrokenClient,
  party: PartyId,
  view: View,
  sub: ShipmentId,
): Promise<ShipmentView | undefined> {
  return (await listers[view](client, party)).find((seen) => seen.sub === sub);
}
