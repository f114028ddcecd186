// Whether a party that is about to be let in bears a name that people will take for another's. Its id tells the two apart
// and nobody reads ids: what is signed for the one is understood as the other's.

import type { PartyId } from '@unbroken/tokens';
import type { UnbrokenClient } from '../client/unbroken-client.js';
import { HubProblem } from '../client/hub-errors.js';
import type { Doubt } from './anyway.js';
import { moment } from './moment.js';
import { saidIn } from './said-in.js';

/** One for each party of that name. @throws HubUnreachable, HubProblem */
export async function namesakeDoubts(client: UnbrokenClient, party: PartyId): Promise<readonly Doubt[]> {
  const others = await namesakesOrNone(client, party);
  return Promise.all(
    others.map(async (other) => {
      const since = await admittedSince(client, other.party);
      return {
        code: 'party.namesake',
        what:
          `${party} bears the name of a party that is admitted: ${other.name} (${other.party}), ` +
          `as ${other.roles.join(', ') || 'nothing'}${since === undefined ? '' : `, since ${since}`}.`,
        cure: 'Ask both whether they are one; have the newer one establish itself under a name that nobody takes for the other.',
      };
    }),
  );
}

/** A party nobody has established is another matter, and a hub of before cannot be asked. */
async function namesakesOrNone(client: UnbrokenClient, party: PartyId) {
  try {
    return await client.namesakes(party);
  } catch (error) {
    if (error instanceof HubProblem && error.status === 404) return [];
    throw error;
  }
}

/** When the log had its first admission; of the operator, who is admitted by nobody, when it was established. */
async function admittedSince(client: UnbrokenClient, party: string): Promise<string | undefined> {
  const said = saidIn(await client.chain(party));
  const of = (evt: string) => said.find(({ claims }) => claims.evt === evt);
  const recorded = (of('admitted') ?? of('established'))?.recordedAt;
  return recorded === undefined ? undefined : moment(Date.parse(recorded));
}
