// Appends tokens of parties' chains, one after another: each is judged against everything recorded before it, the
// tokens of its own batch included, so that a party and its keys can come in one upload.

import type { Arrival } from '../arrival.js';
import type { RegistryBook } from '../keys/registry-book.js';
import { registryEntryOf } from '../keys/registry-entry.js';
import { judgePartyToken } from '../verify/judge-party-token.js';
import { readEnvelope } from '../verify/judge-token.js';
import type { OfPartyChain } from '../verify/verdict.js';
import type { PartyId } from '@unbroken/tokens';
import type { Judged } from './append-custody.js';
import type { Batch } from './batch.js';
import type { OpenLogs } from './open-logs.js';

/** The book runs ahead of the transaction: when this rejects, it has to be read again from the table. */
export function appendRegistry(
  logs: OpenLogs,
  book: RegistryBook,
  deployment: string,
  judged: readonly Judged<OfPartyChain>[],
): Promise<Batch> {
  const tids = judged.map(({ verdict }) => verdict.tid);
  return logs.append('registry', { tids, registrySize: null }, (batch) => {
    for (const { arrival } of judged) addPartyToken(batch, arrival);
  });

  function addPartyToken(batch: Batch, arrival: Arrival): void {
    const envelope = readEnvelope(arrival.bytes);
    if ('is' in envelope) {
      batch.add(arrival, envelope);
      return;
    }
    const judgement = judgePartyToken(envelope, book.registry, deployment);
    const entry = batch.add(arrival, judgement);
    if (entry === undefined) return;
    const { tid, kid } = entry.judgement;
    const place = { tid, kid, sub: entry.judgement.sub as PartyId, index: entry.index, recordedAt: batch.recordedAt };
    const recorded = entry.judgement.is === 'malformed' ? { malformed: entry.judgement.reason } : { envelope };
    book.append(registryEntryOf(place, recorded, deployment));
  }
}
