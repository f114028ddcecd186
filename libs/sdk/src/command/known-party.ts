// Whether the parties and places that are about to be named exist. A mistyped one is signed as easily as a right one, and
// then nobody can take the parcel.

import type { PartyAnswer } from '@unbroken/contracts';
import type { PartyId, SiteId } from '@unbroken/tokens';
import { HubProblem } from '../client/hub-errors.js';
import type { UnbrokenClient } from '../client/unbroken-client.js';
import type { Doubt } from './anyway.js';

/** Who has no keys and confirms by a code (docs/protocol, section 4, rule 8). */
export const GUEST = 'guest';

/** What the registry says of a party; undefined where it knows none of this id. */
export async function partyOrNone(client: UnbrokenClient, party: string): Promise<PartyAnswer | undefined> {
  try {
    return await client.party(party);
  } catch (error) {
    if (error instanceof HubProblem && error.status === 404) return undefined;
    throw error;
  }
}

export async function partyDoubt(client: UnbrokenClient, party: PartyId): Promise<Doubt | undefined> {
  if (party === GUEST) return undefined;
  const known = await partyOrNone(client, party);
  if (known === undefined) {
    return {
      code: 'party.unknown',
      what: `No party here is called ${party}.`,
      cure: 'Check the spelling, or have them establish their party first: `unbroken party establish --help`.',
    };
  }
  if (known.admitted) return undefined;
  return {
    code: 'party.not-admitted',
    what: `${known.name} (${party}) is not admitted yet: nothing it signs counts.`,
    cure: 'Wait until the operator has admitted it.',
  };
}

export async function siteDoubt(client: UnbrokenClient, at: SiteId | undefined): Promise<Doubt | undefined> {
  if (at === undefined) return undefined;
  const [owner = ''] = at.split('/');
  const sites = (await partyOrNone(client, owner))?.sites.map(({ site }) => site) ?? [];
  if (sites.includes(at)) return undefined;
  const others = sites.length === 0 ? 'it has described none' : `it has ${sites.join(', ')}`;
  return {
    code: 'site.unknown',
    what: `${owner} has no place ${at}: ${others}.`,
    cure: 'Name one that is there, or have it described with `unbroken party site`.',
  };
}
