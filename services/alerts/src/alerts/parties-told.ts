// Who is told (docs/protocol, section 5, last line): everybody with a legitimate interest, and whoever really has it.

import type { ChainSummary } from '@unbroken/custody';
import type { PartyId } from '@unbroken/tokens';
import type { Told } from './alert.js';

export function partiesTold({ sender, responsible, consignee, holder }: ChainSummary): Told {
  const interested = [sender, responsible, consignee, holder].filter((party): party is PartyId => party !== null);
  return { parties: [...new Set(interested)], responsible };
}
