// In which group of the first screen a chain is, and where in it: the worst first.

import type { ChainGroup, Severity } from '@unbroken/contracts';
import { severities } from '@unbroken/contracts';
import type { ChainSummary, FindingCode } from '@unbroken/custody';
import { hasLegalClock, isOver } from '@unbroken/words';
import type { OpenAlert } from './open-alert.js';

/** Where a chain stands in the table. */
export interface Standing {
  readonly group: ChainGroup;
  /** Of its worst alert. */
  readonly severity: Severity | 'none';
  /** Milliseconds since 1970, the first first; negative for closed chains, so that the newest is first. */
  readonly since: number;
}

const LOST: readonly FindingCode[] = ['parcel.lost', 'parcel.stolen'];
const LATE: readonly FindingCode[] = [
  'handoff.unanswered',
  'delivered.unconfirmed',
  'dispatch.overdue',
  'arrival.overdue',
  'parcel.silent',
];

/** The first that holds. */
function groupOf({ status }: ChainSummary, alerts: readonly OpenAlert[]): ChainGroup {
  const says = (codes: readonly FindingCode[]) => alerts.some(({ code }) => codes.includes(code));
  const isBreach = alerts.some(({ code }) => hasLegalClock(code));
  // It is where it ended: that it was elsewhere, or late, is to be looked into, and nobody has to fetch it.
  if (isOver(status)) return isBreach ? 'breach' : alerts.length > 0 ? 'to-look-at' : 'closed';
  if (status === 'astray' || alerts.some(({ code }) => code.startsWith('misdelivery.'))) return 'wrong-hands';
  if (status === 'lost' || says(LOST)) return 'lost';
  if (isBreach) return 'breach';
  if (status === 'disputed' || says(['chain.disputed'])) return 'disputed';
  if (says(LATE)) return 'late';
  return alerts.length > 0 ? 'to-look-at' : 'on-the-way';
}

/** @param quietSince milliseconds since 1970: since when it is as it is, where no alert says so */
export function standingOf(chain: ChainSummary, alerts: readonly OpenAlert[], quietSince: number): Standing {
  const group = groupOf(chain, alerts);
  const worst = worstFirst(alerts)[0];
  const since = worst === undefined ? quietSince : Date.parse(worst.raisedAt);
  return { group, severity: worst?.severity ?? 'none', since: group === 'closed' ? -since : since };
}

/**
 * An opened parcel first and then whatever else the law counts hours for, the heaviest first, and of equals the one that
 * waits longest.
 */
export const worstFirst = <A extends OpenAlert>(alerts: readonly A[]): A[] =>
  alerts.toSorted(
    (a, b) =>
      urgency(a) - urgency(b) ||
      severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
      Date.parse(a.raisedAt) - Date.parse(b.raisedAt) ||
      (a.id < b.id ? -1 : 1),
  );

/** The lower the sooner. That somebody has seen inside is known of an opened parcel; of the others it is feared. */
const urgency = ({ code }: OpenAlert): number => (code === 'parcel.opened' ? 0 : hasLegalClock(code) ? 1 : 2);
