// Which release an answer means.

import type { ShipmentId } from '@unbroken/tokens';
import { HubUnreachable } from '../client/hub-errors.js';
import type { Session } from './session.js';

/** Token id of the release that waits for its second signature, as the hub tells it; undefined where nothing is on offer. */
async function openOffer(session: Session, sub: ShipmentId): Promise<string | undefined> {
  const { state } = await session.chainToSign(sub);
  return state !== null && 'offer' in state ? state.offer?.tid : undefined;
}

/**
 * The release that an acceptance must name by `rel`; undefined where its `prev` says it: it answers an offer that is kept on
 * this device, or no hub answers.
 */
export async function releaseToName(session: Session, sub: ShipmentId): Promise<string | undefined> {
  if ((await session.outbox.openOffer(sub)) !== undefined) return undefined;
  try {
    return await openOffer(session, sub);
  } catch (error) {
    if (error instanceof HubUnreachable) return undefined;
    throw error;
  }
}
