// Takes a decision on alerts: asks once for whom, before anything is typed, tells the hub, and shows what the hub then
// says. Nothing is shown as decided before it is.

import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import type { Alert, AlertsPage } from '@unbroken/contracts';
import { useState } from 'react';
import { alertsKey, decide } from '../../../hub/alerts.js';
import type { AlertsFilter, Decision } from '../../../hub/alerts.js';
import { useWho } from '../../../who/who-context.js';

/** One decision, taken on one alert or on several of one parcel. */
export interface Intent extends Pick<Decision, 'kind' | 'reason'> {
  readonly alerts: readonly Alert[];
}

/** What goes on once somebody has said who they are. */
interface Asking {
  readonly alerts: readonly Alert[];
  readonly then: (party: string) => void;
}

export interface Deciding {
  readonly take: (intent: Intent) => void;
  /** Goes on at once where it is known who decides here, else when it has been said. */
  readonly begin: (alert: Alert, then: () => void) => void;
  /** Waits for somebody to say who they are. */
  readonly asking: Asking | undefined;
  readonly answer: (party: string) => void;
  readonly cancel: () => void;
  /** What the hub is being told. */
  readonly underWay: Intent | undefined;
  readonly failed: { readonly intent: Intent; readonly error: Error } | undefined;
  /** The last one that succeeded. */
  readonly done: Intent | undefined;
}

export function useDecision(onDone: (intent: Intent) => void): Deciding {
  const queries = useQueryClient();
  const { party } = useWho();
  const [asking, setAsking] = useState<Asking>();
  const { mutate, variables, isPending, isSuccess, error } = useMutation({
    mutationFn: async ({ alerts, kind, reason, by }: Intent & { readonly by: string }) => {
      for (const { id } of alerts) keepDecided(queries, await decide({ alert: id, kind, reason, by }));
    },
    onSuccess: (_, intent) => onDone(intent),
    // Somebody else may have been faster: then the list is not what it was.
    onError: () => queries.invalidateQueries({ queryKey: [alertsKey] }),
  });
  const asMyself = ({ alerts, then }: Asking) => (party === null ? setAsking({ alerts, then }) : then(party));
  return {
    take: (intent) => asMyself({ alerts: intent.alerts, then: (by) => mutate({ ...intent, by }) }),
    begin: (alert, then) => asMyself({ alerts: [alert], then }),
    asking,
    answer: (by) => {
      setAsking(undefined);
      asking?.then(by);
    },
    cancel: () => setAsking(undefined),
    underWay: isPending ? variables : undefined,
    failed: error === null ? undefined : { intent: variables, error },
    done: isSuccess ? variables : undefined,
  };
}

/** In the place it had; gone from a list that does not show its state. */
function keepDecided(queries: QueryClient, alert: Alert): void {
  const replace = (one: Alert, { state }: AlertsFilter) =>
    one.id !== alert.id ? [one] : shows(state, alert) ? [alert] : [];
  for (const { queryKey } of queries.getQueryCache().findAll({ queryKey: [alertsKey] })) {
    const filter = queryKey[1] as AlertsFilter;
    queries.setQueryData<InfiniteData<AlertsPage>>(
      queryKey,
      (kept) =>
        kept && {
          ...kept,
          pages: kept.pages.map((page) => ({ ...page, alerts: page.alerts.flatMap((one) => replace(one, filter)) })),
        },
    );
  }
}

const shows = (state: AlertsFilter['state'], alert: Alert): boolean =>
  state === 'open' ? alert.state !== 'resolved' : alert.state === state;
