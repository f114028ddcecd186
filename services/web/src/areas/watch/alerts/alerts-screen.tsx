// The inbox: what somebody must act on, by whose turn it is, parcel by parcel, the heaviest first.

import { Button, Skeleton, Title, VisuallyHidden } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import type { Alert, AlertState } from '@unbroken/contracts';
import { useMemo, useState } from 'react';
import { alertsQuery } from '../../../hub/alerts.js';
import { useKeys } from '../../../shell/use-keys.js';
import { WhoDialog } from '../../../who/who-dialog.js';
import { count, counted } from '../../../words/count.js';
import { NotTold } from '../not-told.js';
import css from './alerts-screen.module.css';
import { ChainInbox } from './chain-inbox.js';
import { turnsOf } from './turns.js';
import type { Turn } from './turns.js';
import { NoAlerts } from './no-alerts.js';
import { StateFilter } from './state-filter.js';
import { SEEN } from './seen.js';
import { useDecision } from './use-decision.js';
import type { Intent } from './use-decision.js';

export function AlertsScreen() {
  const { state = 'open', sub } = useSearch({ from: '/alerts' });
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(alertsQuery({ state, sub }));
  const turns = useMemo(() => data && turnsOf(data.pages.flatMap(({ alerts }) => alerts)), [data]);
  const alerts = useMemo(() => turns?.flatMap(alertsOf) ?? [], [turns]);
  const waiting = alerts.filter((alert) => alert.state === 'raised').length;
  const [chosen, setChosen] = useState<string>();
  const [resolving, setResolving] = useState<string>();
  const deciding = useDecision(goOn);
  // What was chosen may have been resolved, by whomever: then the first one is.
  const selected = alerts.find(({ id }) => id === chosen) ?? alerts[0];

  /** From what is decided to the next that waits for somebody. */
  function goOn({ alerts: decided }: Intent): void {
    const at = alerts.findIndex(({ id }) => id === decided[0]?.id);
    const isOther = ({ id, state: now }: Alert) => now === 'raised' && decided.every((one) => one.id !== id);
    const next = alerts.slice(at + 1).find(isOther) ?? alerts.find(isOther);
    if (next !== undefined) setChosen(next.id);
  }

  function beginResolving(alert: Alert): void {
    deciding.begin(alert, () => setResolving(alert.id));
  }

  function move(by: 1 | -1, event: KeyboardEvent): void {
    event.preventDefault();
    const at = alerts.findIndex(({ id }) => id === chosen);
    const next = alerts[at < 0 ? 0 : Math.min(alerts.length - 1, Math.max(0, at + by))];
    if (next !== undefined) document.getElementById(`alert-${next.id}`)?.focus();
  }
  useKeys({
    j: (event) => move(1, event),
    ArrowDown: (event) => move(1, event),
    k: (event) => move(-1, event),
    ArrowUp: (event) => move(-1, event),
    a: () => selected?.state === 'raised' && deciding.take({ alerts: [selected], kind: 'acknowledge', reason: SEEN }),
    r: (event) => {
      event.preventDefault();
      if (selected !== undefined && selected.state !== 'resolved') beginResolving(selected);
    },
  });

  return (
    <div className={css['screen']}>
      <title>{waiting > 0 ? `${counted(waiting, 'alert')} nobody is on · Unbroken` : 'Alerts · Unbroken'}</title>
      <Title>
        <VisuallyHidden>Alerts</VisuallyHidden>
      </Title>
      <StateFilter state={state} sub={sub} />
      <VisuallyHidden role="status">
        {deciding.done !== undefined &&
          `${words[deciding.done.kind]}: ${deciding.done.alerts.map(({ sentence }) => sentence).join(' ')}`}
      </VisuallyHidden>
      {turns === undefined ? (
        error === null ? (
          <Waiting />
        ) : (
          <NotTold error={error} />
        )
      ) : turns.length === 0 ? (
        <NoAlerts state={state} sub={sub} />
      ) : (
        turns.map((turn) => (
          <section key={turn.state} className={css['turn']} aria-labelledby={`turn-${turn.state}`}>
            <h2 id={`turn-${turn.state}`}>
              {turnNames[turn.state]} {!hasNextPage && <span>{count(alertsOf(turn).length)}</span>}
            </h2>
            {turn.chains.map((group) => (
              <ChainInbox
                key={group.sub}
                group={group}
                selected={selected?.id}
                onSelect={setChosen}
                resolving={resolving}
                onResolve={beginResolving}
                onResolved={() => setResolving(undefined)}
                deciding={deciding}
              />
            ))}
          </section>
        ))
      )}
      {hasNextPage && (
        <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          Show older ones
        </Button>
      )}
      {deciding.asking !== undefined && (
        <WhoDialog parties={partiesOf(deciding.asking)} onChosen={deciding.answer} onClose={deciding.cancel} />
      )}
    </div>
  );
}

const partiesOf = ({ alerts }: Pick<Intent, 'alerts'>): string[] => [
  ...new Set(alerts.flatMap(({ parties }) => parties)),
];

const alertsOf = ({ chains }: Turn): Alert[] => chains.flatMap((chain) => chain.alerts);

const turnNames: Readonly<Record<AlertState, string>> = {
  raised: 'Nobody is on these yet',
  acknowledged: 'Somebody is on these',
  resolved: 'These are over',
};

const words = { acknowledge: 'Acknowledged', resolve: 'Resolved' } as const;

function Waiting() {
  return (
    <div aria-busy="true">
      <Skeleton h={28} w={260} mb="sm" />
      <Skeleton h={190} mb="lg" />
      <Skeleton h={120} />
    </div>
  );
}
