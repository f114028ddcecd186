// Hears of chains from the hub, for what the copy does not hold yet: the hub lists the party's chains, and of those that were
// not heard of shows what its log has. What does not hold under the log's key is not heard. Numbers are never asked for: what
// the carrier carries for others is nobody's business.

import type { TrustAnswer } from '@unbroken/contracts';
import { encodeEntry } from '@unbroken/contracts';
import { verifyChain } from '@unbroken/evidence';
import { HubProblem } from '@unbroken/sdk';
import type { UnbrokenClient } from '@unbroken/sdk';
import type { PartyId } from '@unbroken/tokens';
import { keys } from '../record/gateway-record.js';
import type { GatewayRecord } from '../record/gateway-record.js';
import { hearEntries } from './from-copy.js';

export interface HearHubParts {
  readonly record: GatewayRecord;
  readonly client: Pick<UnbrokenClient, 'chainsOf' | 'entries'>;
  readonly party: PartyId;
  readonly trusted: TrustAnswer;
}

/** Asked for beside each other. */
const BESIDE = 8;

/** Goes through all chains of the party once. @throws HubUnreachable, HubProblem */
export async function hearHub(parts: HearHubParts): Promise<void> {
  const { record, client, party } = parts;
  let cursor: string | undefined;
  do {
    const page = await client.chainsOf(party, cursor);
    const subs = page.chains.map(({ sub }) => sub);
    const heard = await record.getMany(subs.map((sub) => keys.chain(sub)));
    const unheard = subs.filter((_, at) => heard[at] === undefined);
    for (let at = 0; at < unheard.length; at += BESIDE) {
      const shown = await Promise.all(unheard.slice(at, at + BESIDE).map((sub) => entriesOf(sub, parts)));
      await hearEntries(record, shown.flat());
    }
    cursor = page.cursor ?? undefined;
  } while (cursor !== undefined);
}

async function entriesOf(sub: string, { client, trusted }: HearHubParts) {
  try {
    const { entries, checks } = await verifyChain(await client.entries(sub), trusted);
    // Who has not cosigned yet is no matter here; what is not under the log's key is not among the entries.
    if (checks.some(({ name, result }) => name === 'completeness' && result === 'fails')) return [];
    return entries.map(({ entry }) => ({ entry: encodeEntry(entry), sub }));
  } catch (error) {
    // Listed and not in the ledger's answer: it comes with the next go. What no checkpoint covers yet (503) is asked for again.
    if (error instanceof HubProblem && error.status === 404) return [];
    throw error;
  }
}
