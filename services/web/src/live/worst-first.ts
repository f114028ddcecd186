// The order of chains, as the dashboard service has it: by group, then by severity, then the longest first; of closed
// chains the newest.

import type { ChainRow, Severity } from '@unbroken/contracts';
import { groupNames } from '../words/group-words.js';

const severities: readonly Severity[] = ['critical', 'high', 'medium', 'low'];

/** Negative where `one` is shown before `other`. */
export function worstFirst(one: ChainRow, other: ChainRow): number {
  return (
    groupNames.indexOf(one.group) - groupNames.indexOf(other.group) ||
    weight(one) - weight(other) ||
    since(one) - since(other) ||
    (one.sub < other.sub ? -1 : 1)
  );
}

const weight = ({ worst }: ChainRow): number =>
  worst === null ? severities.length : severities.indexOf(worst.severity);
function since({ group, worst, heldSince, updatedAt }: ChainRow): number {
  if (group === 'closed') return -Date.parse(updatedAt);
  return Date.parse(worst?.raisedAt ?? heldSince ?? updatedAt);
}
