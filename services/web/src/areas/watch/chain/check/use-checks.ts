// Checks a whole chain in this browser, as soon as its tokens and keys are here and again whenever they change.

import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ChainAnswer, TimelineEntry } from '@unbroken/contracts';
import { HubFailure } from '../../../../hub/hub-failure.js';
import { keysQuery, recordedQuery } from '../../../../hub/evidence.js';
import { checkToken } from './check-token.js';
import type { Check, KeysOf } from './check-token.js';

/** The checks of each token by its id; undefined until they are done. */
export type Checks = ReadonlyMap<string, readonly Check[]>;

/** After so many the page may draw. */
const AT_ONCE = 50;

export interface ChainChecks {
  readonly checks: Checks | undefined;
  readonly recorded: ChainAnswer | undefined;
  /** The tokens could not be fetched, so nothing can be checked. */
  readonly error: Error | null;
}

export function useChecks(sub: string, entries: readonly TimelineEntry[]): ChainChecks {
  const queries = useQueryClient();
  const { data: recorded, dataUpdatedAt, error } = useQuery(recordedQuery(sub));
  const shown = entries.map(({ tid }) => tid).join();
  const keysOf: KeysOf = (party) =>
    queries.query(keysQuery(party)).catch((failure: unknown) => {
      if (failure instanceof HubFailure && failure.status === 404) return { keys: [] };
      return null;
    });
  const { data: checks } = useQuery({
    queryKey: ['checks', sub, dataUpdatedAt, shown],
    queryFn: async () => {
      const has = new Set(recorded?.tokens.map(({ tid }) => tid));
      // A statement may have been recorded after its chain was fetched from the ledger: only fresh bytes count.
      const fresh = entries.every(({ tid }) => has.has(tid)) ? recorded : await queries.query(recordedQuery(sub));
      return checkAll(entries, fresh, keysOf);
    },
    enabled: recorded !== undefined,
    placeholderData: (before) => before,
    staleTime: Infinity,
    gcTime: 0,
  });
  return { checks, recorded, error };
}

async function checkAll(
  entries: readonly TimelineEntry[],
  recorded: ChainAnswer | undefined,
  keysOf: KeysOf,
): Promise<Checks> {
  const tokens = new Map(recorded?.tokens.map((token) => [token.tid, token]));
  const checks = new Map<string, readonly Check[]>();
  for (let at = 0; at < entries.length; at += AT_ONCE) {
    const some = entries.slice(at, at + AT_ONCE);
    const results = await Promise.all(some.map((entry) => checkToken(entry, tokens.get(entry.tid), keysOf)));
    some.forEach(({ tid }, index) => checks.set(tid, results[index] ?? []));
    await new Promise((resolve) => setTimeout(resolve));
  }
  return checks;
}
