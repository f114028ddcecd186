// Appends verified tokens of shipments' chains.

import type { Arrival } from '../arrival.js';
import type { RegistryBook } from '../keys/registry-book.js';
import { judgeToken } from '../verify/judge-token.js';
import type { Judgement, Verdict } from '../verify/verdict.js';
import type { Batch, ParkedArrival } from './batch.js';
import type { OpenLogs } from './open-logs.js';

export interface Judged<V extends Verdict = Verdict> {
  readonly arrival: Arrival | ParkedArrival;
  readonly verdict: V;
}

export function appendCustody(
  logs: OpenLogs,
  book: RegistryBook,
  deployment: string,
  judged: readonly Judged<Judgement>[],
): Promise<Batch> {
  const tids = judged.flatMap(({ verdict }) => (verdict.is === 'refused' ? [] : [verdict.tid]));
  // Every key that verified one of them was in the registry before this moment, so its present size counts for all.
  return logs.append(logs.custody, { tids, registrySize: book.registry.size }, (batch) => {
    for (const { arrival, verdict } of judged) batch.add(arrival, reconsidered(arrival, verdict));
  });

  /** The key may have been enrolled while the token was on its way here: parked now, nothing would ever fetch it. */
  function reconsidered(arrival: Arrival, verdict: Judgement): Judgement {
    if (verdict.is !== 'unknown-key' || book.keyOf(verdict.kid) === undefined) return verdict;
    const again = judgeToken(arrival.bytes, book.keyOf, deployment);
    return again.is === 'party-chain' ? verdict : again;
  }
}
