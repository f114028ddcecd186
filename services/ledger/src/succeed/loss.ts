// What is lost when a log ends, as it is told to the person who decides it.

import { originOf } from '../logs.js';
import type { CustodyLog } from '../logs.js';
import { rfc3339 } from '../rfc3339.js';
import { toldRanges } from './kept-entries.js';

export interface Loss {
  readonly log: CustodyLog;
  readonly origin: string;
  /** The log that is to go on. */
  readonly next: string;
  /** How many entries it had signed. */
  readonly signed: number;
  /** Indices that nobody holds anything fitting of: from, and up to and including. */
  readonly lost: readonly (readonly [number, number])[];
  readonly kept: number;
  /** Found, and neither what an enrolled key signed nor what was hashed there. */
  readonly aside: number;
  /** Published and never signed: they begin the log that goes on. */
  readonly moved: number;
  /** Whether what is left can still be shown by receipts. */
  readonly shown: boolean;
  /** Between which times the lost ones were recorded, as far as what is left tells; milliseconds since 1970. */
  readonly between: readonly [from: number | undefined, to: number | undefined];
}

export const lossOf = (log: CustodyLog, next: CustodyLog, deployment: string) => ({
  log,
  origin: originOf(log, deployment),
  next: originOf(next, deployment),
});

export function lossLines({ origin, next, signed, lost, kept, aside, moved, shown, between }: Loss): string[] {
  const count = lost.reduce((sum, [from, to]) => sum + to - from + 1, 0);
  const [from, to] = between;
  const when =
    from === undefined && to === undefined
      ? 'when they were recorded is not known'
      : `recorded ${from === undefined ? '' : `after ${rfc3339(from)}`}${from !== undefined && to !== undefined ? ' and ' : ''}${to === undefined ? '' : `before ${rfc3339(to)}`}`;
  return [
    `${origin} ends with its ${signed} signed entries, for ever; ${next} goes on.`,
    `  lost     ${count} entries: ${toldRanges(lost)} (${when})`,
    `  left     ${kept} entries: they keep their place and fold as before${shown ? '' : '; no receipt of them can be made any more'}`,
    ...(aside === 0 ? [] : [`  aside    ${aside} that were found and fit nowhere: kept in the table remnants`]),
    ...(moved === 0 ? [] : [`  anew     ${moved} that were published and never signed begin the new log`]),
    '  Tokens that were lost and that somebody posts again are recorded in the new log. Receipts that parties hold stay valid.',
    '  Everybody is told, in the trust policy and in each evidence bundle. It cannot be taken back.',
  ];
}
