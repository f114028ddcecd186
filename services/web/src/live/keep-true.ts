// Every message of the stream reaches what the page has kept: lists take changed rows in, and whatever else shows the
// same chains is asked for again.

import type { InfiniteData, Query, QueryClient, QueryKey } from '@tanstack/react-query';
import type { ChainsPage, StreamRows } from '@unbroken/contracts';
import { mayEnd } from '../hub/query-client.js';
import { alertsKey } from '../hub/alerts.js';
import { chainsKey, chainsQuery } from '../hub/chains.js';
import type { ChainsFilter } from '../hub/chains.js';
import type { StreamMessage } from './event-stream.js';
import { atMostEvery } from './at-most-every.js';
import type { LiveStreamParts } from './live-stream.js';
import { mergeRows } from './merge-rows.js';
import type { LatelyChanged } from './lately-changed.js';

type Pages = InfiniteData<ChainsPage, string | null>;

/** Queries whose second member is the chain they are about. */
const ofOneChain = new Set<unknown>(['chain', 'recorded']);

/** How often at most something is asked for again because of changes. */
const ASK_AGAIN_MS = 1000;

/** What a {@link LiveStream} needs to keep these queries true. */
export function keepTrue(queries: QueryClient, lately: LatelyChanged): LiveStreamParts {
  const again = atMostEvery(ASK_AGAIN_MS);
  const askAgain = (queryKey: QueryKey) =>
    again(JSON.stringify(queryKey), () => queries.invalidateQueries({ queryKey }));

  function rows(told: StreamRows): void {
    lately.note(told.rows);
    for (const list of queries.getQueryCache().findAll({ queryKey: [chainsKey] })) {
      const take = () => takeIn(queries, list, told);
      take();
      // An answer on its way may be older than this news, and would otherwise undo it.
      if (list.state.fetchStatus === 'fetching') list.promise?.then(take, () => undefined);
      if (filterOf(list).q !== undefined) askAgain(list.queryKey);
    }
    askAgain([alertsKey]);
    const changed = new Set(told.rows.map(({ sub }) => sub));
    const ofChanged = ({ queryKey: [kind, sub] }: Query) => ofOneChain.has(kind) && changed.has(sub as string);
    for (const { queryKey } of queries.getQueryCache().findAll({ predicate: ofChanged })) askAgain(queryKey);
  }

  return {
    address: (after) => `/dashboard/v1/stream?after=${after}`,
    begin: async () => {
      const { pages } = await queries.infiniteQuery(chainsQuery({}));
      return pages[0]?.change ?? 0;
    },
    // The stream goes on where it was, but it tells of rows only.
    opened: async () => {
      const untold = ({ queryKey: [kind], state }: Query) =>
        kind === alertsKey || ofOneChain.has(kind) || (state.error !== null && mayEnd(state.error));
      await queries.invalidateQueries({ predicate: untold });
    },
    heard: ({ event, data }: StreamMessage) => {
      if (event === 'rows') rows(JSON.parse(data) as StreamRows);
      if (event === 'reset') again('reset', () => queries.invalidateQueries());
    },
  };
}

const filterOf = ({ queryKey }: Query): ChainsFilter => queryKey[1] as ChainsFilter;

function takeIn(queries: QueryClient, list: Query, told: StreamRows): void {
  queries.setQueryData<Pages>(list.queryKey, (kept) =>
    kept === undefined ? undefined : { ...kept, pages: mergeRows(kept.pages, told, filterOf(list)) },
  );
}
