// Open chains and one chain, as the dashboard service tells them.

import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { ChainGroup, ChainView, ChainsPage } from '@unbroken/contracts';
import { ask, queryString } from './ask.js';

/** Which chains a table shows. */
export interface ChainsFilter {
  readonly group?: ChainGroup | undefined;
  readonly q?: string | undefined;
}

/** The first rows come fast; the others in larger helpings, so that ten thousand are a few calls. */
const FIRST = 100;
const FURTHER = 500;

export const chainsKey = 'chains';

export const chainsQuery = ({ group, q }: ChainsFilter) =>
  infiniteQueryOptions({
    queryKey: [chainsKey, { group, q }],
    queryFn: ({ pageParam, signal }) => {
      const limit = pageParam === null ? FIRST : FURTHER;
      const query = queryString({ group, q, after: pageParam ?? undefined, limit });
      return ask<ChainsPage>(`/dashboard/v1/chains${query}`, { signal });
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last: ChainsPage) => last.cursor,
    staleTime: Infinity,
  });

export const chainQuery = (sub: string) =>
  queryOptions({
    queryKey: ['chain', sub],
    queryFn: ({ signal }) => ask<ChainView>(`/dashboard/v1/chains/${encodeURIComponent(sub)}`, { signal }),
  });
