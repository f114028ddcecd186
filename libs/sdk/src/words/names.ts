// Party names, never ids, when they are known.

import { HubProblem } from '../client/hub-errors.js';
import { naming } from '@unbroken/words';
import type { NameOf } from '@unbroken/words';
import type { UnbrokenClient } from '../client/unbroken-client.js';

export type { NameOf } from '@unbroken/words';

/** Asks the hub once for the names of these parties. Those it does not know stay ids. */
export async function namesOf(client: UnbrokenClient, parties: Iterable<string>): Promise<NameOf> {
  const known = new Map<string, string>();
  await Promise.all([...new Set(parties)].map(async (id) => known.set(id, await nameOf(client, id))));
  return naming((party) => known.get(party));
}

async function nameOf(client: UnbrokenClient, id: string): Promise<string> {
  try {
    return (await client.party(id)).name;
  } catch (error) {
    if (error instanceof HubProblem && error.status === 404) return id;
    throw error;
  }
}
