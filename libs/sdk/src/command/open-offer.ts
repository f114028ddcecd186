// Which release an answer means.

import type { ShipmentId } from '@unbroken/tokens';
import type { Session } from './session.js';

/** Token id of the release that waits for its second signature; undefined where nothing is on offer. */
export async function openOffer(session: Session, sub: ShipmentId): Promise<string | undefined> {
  const { state } = await session.client.chain(sub);
  return state !== null && 'offer' in state ? state.offer?.tid : undefined;
}
