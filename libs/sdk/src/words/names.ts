// Party names, never ids, when they are known.

import { HubProblem } from '../client/hub-errors.js';
import type { UnbrokenClient } from '../client/unbroken-client.js';

/** A party id as people know it; the id itself where nobody knows a name. */
export type NameOf = (party: string | null | undefined) => string;

/** Asks the hub once for the names of these parties. Those it does not know stay ids. */
export async function namesOf(client: UnbrokenClient, parties: Iterable<string>): Promise<NameOf> {
  const known = new Map<string, string>();
  await Promise.all([...new Set(parties)].map(async (id) => known.set(id, await nameOf(client, id))));
  return (party) => (party === null || party === undefined ? 'nobody' : (known.get(party) ?? party));
}

async function nameOf(client: UnbrokenClient, id: string): Promise<string> {
  try {
    return (await client.party(id)).name;
  } catch (error) {
    if (error instanceof HubProblem && error.status === 404) return id;
    throw error;
  }
}
