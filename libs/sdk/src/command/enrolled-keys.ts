// A party's keys as its chain tells them: which count, and for whom they were enrolled.

import type { PartyChainState } from '@unbroken/contracts';
import type { PartyId } from '@unbroken/tokens';
import { HubProblem, HubUnreachable } from '../client/hub-errors.js';
import type { UnbrokenClient } from '../client/unbroken-client.js';

/** Empty where the hub does not know the party; undefined where no hub says. */
export async function enrolledKeys(
  client: UnbrokenClient,
  party: PartyId,
): Promise<PartyChainState['keys'] | undefined> {
  try {
    const { state } = await client.chain(party);
    return state !== null && 'keys' in state ? state.keys : [];
  } catch (error) {
    if (error instanceof HubUnreachable || error instanceof HubProblem) return undefined;
    throw error;
  }
}
