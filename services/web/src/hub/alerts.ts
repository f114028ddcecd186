// The inbox, as the alerts service tells it, and the two decisions that a person takes there.

import { infiniteQueryOptions } from '@tanstack/react-query';
import type { Alert, AlertsPage } from '@unbroken/contracts';
import { ask, queryString } from './ask.js';

export const shownStates = ['open', 'acknowledged', 'resolved'] as const;
export type ShownState = (typeof shownStates)[number];

export interface AlertsFilter {
  readonly state: ShownState;
  readonly sub?: string | undefined;
}

/** The same, as an address says it: open where it says nothing. */
export interface AlertsSearch {
  readonly state?: ShownState | undefined;
  readonly sub?: string | undefined;
}

export const alertsKey = 'alerts';

const PAGE = 200;

export const alertsQuery = (filter: AlertsFilter) =>
  infiniteQueryOptions({
    queryKey: [alertsKey, filter],
    queryFn: ({ pageParam, signal }) => {
      const query = queryString({ ...filter, cursor: pageParam ?? undefined, limit: PAGE });
      return ask<AlertsPage>(`/alerts/v1/alerts${query}`, { signal });
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last: AlertsPage) => last.cursor,
  });

export interface Decision {
  readonly alert: string;
  readonly kind: 'acknowledge' | 'resolve';
  /** Party id of whoever decides. */
  readonly by: string;
  readonly reason: string;
}

/** Answers the alert as it stands then. */
export const decide = ({ alert, kind, by, reason }: Decision): Promise<Alert> =>
  ask<Alert>(`/alerts/v1/alerts/${alert}/${kind}`, { body: { by, reason } });
