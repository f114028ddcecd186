// The alerts of one parcel, or of one log.

import { Anchor, Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { Alert } from '@unbroken/contracts';
import { PartyName } from '../../../who/party-name.js';
import { ShipmentName } from '../../../words/shipment-name.js';
import { AlertItem } from './alert-item.js';
import css from './chain-inbox.module.css';
import { SEEN } from './seen.js';
import type { ChainAlerts } from './turns.js';
import type { Deciding } from './use-decision.js';

interface ChainInboxProps {
  readonly group: ChainAlerts;
  /** Ids of alerts. */
  readonly selected: string | undefined;
  readonly onSelect: (alert: string) => void;
  readonly resolving: string | undefined;
  readonly onResolve: (alert: Alert) => void;
  /** The reason was given, or there is none yet. */
  readonly onResolved: () => void;
  readonly deciding: Deciding;
}

export function ChainInbox(props: ChainInboxProps) {
  const { group, selected, onSelect, resolving, onResolve, onResolved, deciding } = props;
  const responsible = group.alerts.find((alert) => alert.responsible !== null)?.responsible;
  const unseen = group.alerts.filter(({ state }) => state === 'raised');
  return (
    <section className={css['chain']}>
      <h3>
        {group.isParcel ? (
          <Anchor inherit renderRoot={(at) => <Link to="/chains/$sub" params={{ sub: group.sub }} {...at} />}>
            <ShipmentName sub={group.sub} />
          </Anchor>
        ) : (
          <span>The record itself: {group.sub}</span>
        )}
        {responsible !== undefined && responsible !== null && (
          <span>
            <PartyName party={responsible} /> is responsible
          </span>
        )}
      </h3>
      {unseen.length > 1 && (
        <Button
          className={css['all']}
          size="compact-sm"
          variant="default"
          disabled={deciding.underWay !== undefined}
          onClick={() => deciding.take({ alerts: unseen, kind: 'acknowledge', reason: SEEN })}
        >
          I am on all {unseen.length}
        </Button>
      )}
      <ul>
        {group.alerts.map((alert) => (
          <AlertItem
            key={alert.id}
            alert={alert}
            selected={alert.id === selected}
            onSelect={() => onSelect(alert.id)}
            resolving={alert.id === resolving}
            onResolve={() => onResolve(alert)}
            onResolved={onResolved}
            deciding={deciding}
          />
        ))}
      </ul>
    </section>
  );
}
