// The inbox in order: alerts of one parcel belong together, the heaviest parcel comes first; what nobody has seen comes
// before what somebody is on.

import type { Alert, Severity } from '@unbroken/contracts';

export interface ChainAlerts {
  readonly sub: string;
  /** False: the alerts are about the record itself. */
  readonly isParcel: boolean;
  /** Those that nobody has seen first, then the heaviest, and of equals the newest. */
  readonly alerts: readonly Alert[];
}

const severities: readonly Severity[] = ['critical', 'high', 'medium', 'low'];

const isSeen = ({ state }: Alert): boolean => state !== 'raised';

const heaviestFirst = (one: Alert, other: Alert): number =>
  severities.indexOf(one.severity) - severities.indexOf(other.severity) ||
  Date.parse(other.raisedAt) - Date.parse(one.raisedAt) ||
  (one.id < other.id ? -1 : 1);

const unseenFirst = (one: Alert, other: Alert): number =>
  Number(isSeen(one)) - Number(isSeen(other)) || heaviestFirst(one, other);

/** A parcel that somebody is on weighs less than any with an alert that nobody has seen. */
function heaviestChainFirst(one: ChainAlerts, other: ChainAlerts): number {
  const [mine, theirs] = [heaviestUnseen(one), heaviestUnseen(other)];
  if (mine === undefined || theirs === undefined) return Number(mine === undefined) - Number(theirs === undefined);
  return heaviestFirst(mine, theirs);
}

const heaviestUnseen = ({ alerts }: ChainAlerts): Alert | undefined => alerts.find((alert) => !isSeen(alert));

/** Pure; an alert that stands on two pages is there once. */
export function groupByChain(alerts: readonly Alert[]): ChainAlerts[] {
  const bySub = new Map<string, Map<string, Alert>>();
  for (const alert of alerts) {
    const ofChain = bySub.get(alert.sub) ?? new Map<string, Alert>();
    bySub.set(alert.sub, ofChain.set(alert.id, alert));
  }
  const groups = [...bySub].map(([sub, ofChain]) => ({
    sub,
    isParcel: !sub.includes('/'),
    alerts: [...ofChain.values()].sort(unseenFirst),
  }));
  return groups.sort(heaviestChainFirst);
}
