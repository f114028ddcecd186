// The inbox in order: what nobody is on comes before what somebody is on; in each, alerts of one parcel belong together, and
// the heaviest parcel comes first.

import type { Alert, AlertState, Severity } from '@unbroken/contracts';

export interface ChainAlerts {
  readonly sub: string;
  /** False: the alerts are about the record itself. */
  readonly isParcel: boolean;
  /** The heaviest first, and of equals the newest. */
  readonly alerts: readonly Alert[];
}

/** Alerts whose turn is the same: anybody's, of whoever is on them, or nobody's any more. */
export interface Turn {
  readonly state: AlertState;
  readonly chains: readonly ChainAlerts[];
}

const states: readonly AlertState[] = ['raised', 'acknowledged', 'resolved'];

const severities: readonly Severity[] = ['critical', 'high', 'medium', 'low'];

const heaviestFirst = (one: Alert, other: Alert): number =>
  severities.indexOf(one.severity) - severities.indexOf(other.severity) ||
  Date.parse(other.raisedAt) - Date.parse(one.raisedAt) ||
  (one.id < other.id ? -1 : 1);

/** Pure; an alert that stands on two pages is there once, and a turn without alerts is left out. */
export function turnsOf(alerts: readonly Alert[]): Turn[] {
  const known = [...new Map(alerts.map((alert) => [alert.id, alert])).values()];
  return states.flatMap((state) => {
    const own = known.filter((alert) => alert.state === state);
    return own.length === 0 ? [] : [{ state, chains: groupByChain(own) }];
  });
}

function groupByChain(alerts: readonly Alert[]): ChainAlerts[] {
  const ordered = alerts.toSorted(heaviestFirst);
  // In the order of the heaviest alert of each.
  return [...new Set(ordered.map(({ sub }) => sub))].map((sub) => ({
    sub,
    isParcel: !sub.includes('/'),
    alerts: ordered.filter((alert) => alert.sub === sub),
  }));
}
