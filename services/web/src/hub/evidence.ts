// What a browser needs to check a chain itself: its tokens as recorded, and the keys of their parties.

import { queryOptions } from '@tanstack/react-query';
import type { ChainAnswer, JwksAnswer, PartyAnswer } from '@unbroken/contracts';
import { ask } from './ask.js';

export const recordedQuery = (sub: string) =>
  queryOptions({
    queryKey: ['recorded', sub],
    queryFn: ({ signal }) => ask<ChainAnswer>(`/ledger/v1/chains/${encodeURIComponent(sub)}`, { signal }),
  });

export const keysQuery = (party: string) =>
  queryOptions({
    queryKey: ['keys', party],
    queryFn: ({ signal }) => ask<JwksAnswer>(`/registry/v1/parties/${encodeURIComponent(party)}/jwks.json`, { signal }),
    staleTime: 60_000,
  });

/** Names change rarely, and never in a way that matters here. */
export const partyQuery = (party: string) =>
  queryOptions({
    queryKey: ['party', party],
    queryFn: ({ signal }) => ask<PartyAnswer>(`/registry/v1/parties/${encodeURIComponent(party)}`, { signal }),
    staleTime: 10 * 60_000,
  });
