// How the page keeps what it was told: shown again at once, and true because the live stream says what changed.

import { QueryClient } from '@tanstack/react-query';
import { HubFailure } from './hub-failure.js';

/** What the hub refused it refuses again; silence may end by itself. */
export const mayEnd = (error: unknown): boolean =>
  !(error instanceof HubFailure) || error.status === 0 || error.status >= 500;

export function newQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // Browsers believe to be online beside a dead server, and offline beside a local one.
        networkMode: 'always',
        staleTime: 10_000,
        retry: (failures, error) => mayEnd(error) && failures < 2,
        retryDelay: 500,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
}
