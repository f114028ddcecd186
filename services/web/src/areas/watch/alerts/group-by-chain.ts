// The inbox in order: alerts of one parcel belong together, the heaviest parcel comes first.

import type { Alert, Severity } from '@unbroken/contracts';

export interface ChainAlerts {
  readonly sub: string;
  /** The heaviest first, and of equals the newest. Acknowledging one leaves it in its place. */
  readonly alerts: readonly Alert[];
}

const severities: readonly Severity[] = ['critical', 'high', 'medium', 'low'];

const heaviestFirst = (one: Alert, other: Alert): number =>
  severities.indexOf(one.severity) - severities.indexOf(other.severity) ||
  Date.parse(other.raisedAt) - Date.parse(one.raisedAt) ||
  (one.id < other.id ? -1 : 1);

/** A parcel that somebody is on weighs less than any with an alert that nobody has seen. */
function heaviestChainFirst(one: ChainAlerts, other: ChainAlerts): number {
  const [mine, theirs] = [heaviestUnseen(one), heaviestUnseen(other)];
  if (mine === undefined || theirs === undefined) return Number(mine === undefined) - Number(theirs === undefined);
  return heaviestFirst(mine, theirs);
}

const heaviestUnseen = ({ alerts }: ChainAlerts): Alert | undefined => alerts.find(({ state }) => state === 'raised');

/** Pure; an alert that stands on two pages is there once. */
export function groupByChain(alerts: readonly Alert[]): ChainAlerts[] {
  const bySub = new Map<string, Map<string, Alert>>();
  for (const alert of alerts) {
    const ofChain = bySub.get(alert.sub) ?? new Map<string, Alert>();
    bySub.set(alert.sub, ofChain.set(alert.id, alert));
  }
  const groups = [...bySub].map(([sub, ofChain]) => ({ sub, alerts: [...ofChain.values()].sort(heaviestFirst) }));
  return groups.sort(heaviestChainFirst);
}
