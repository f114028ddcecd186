// What a chain's deadlines mean for those that are kept: which are new, moved, met, or no longer asked for. Pure.

import type { Deadline } from '@unbroken/custody';
import type { ShipmentId, TokenId } from '@unbroken/tokens';

export type DeadlineState = 'pending' | 'raised' | 'met';

/** A deadline as it is kept; `at` in whole seconds, `heardAt` (when its time was first known here) in milliseconds. */
export interface KeptDeadline {
  readonly sub: ShipmentId;
  readonly code: Deadline['code'];
  readonly tid: TokenId;
  readonly at: number;
  readonly state: DeadlineState;
  readonly heardAt: number;
}

/** A raised deadline that no longer holds, and why, in words. */
export interface Settled {
  readonly sub: ShipmentId;
  readonly code: Deadline['code'];
  readonly tid: TokenId;
  readonly reason: string;
}

export interface Followed {
  /** To be written. */
  readonly changed: readonly KeptDeadline[];
  /** Alerts that resolve themselves. */
  readonly settled: readonly Settled[];
}

/** `asked` is everything custody's `deadlines` says of the chain, `kept` what is kept of it; `now` in milliseconds. */
export function followDeadlines(
  sub: ShipmentId,
  kept: readonly KeptDeadline[],
  asked: readonly Deadline[],
  now: number,
): Followed {
  const known = new Map(kept.map((deadline) => [keyOf(deadline), deadline]));
  const wanted = new Map(asked.map((deadline) => [keyOf(deadline), deadline]));
  const changed: KeptDeadline[] = [];
  const settled: Settled[] = [];
  for (const [key, { code, tid, at: exact, met }] of wanted) {
    const before = known.get(key);
    const at = Math.ceil(exact);
    const state = met ? 'met' : before?.state === 'raised' && at * 1000 <= now ? 'raised' : 'pending';
    // What was met before it was ever kept needs no row.
    if (before === undefined ? met : before.at === at && before.state === state) continue;
    changed.push({ sub, code, tid, at, state, heardAt: before?.at === at ? before.heardAt : now });
    if (before?.state === 'raised' && state !== 'raised') {
      settled.push({ sub, code, tid, reason: met ? ANSWERED[code] : 'Its time was set anew.' });
    }
  }
  for (const [key, before] of known) {
    if (wanted.has(key) || before.state === 'met') continue;
    changed.push({ ...before, state: 'met' });
    if (before.state === 'raised') settled.push({ ...before, reason: GONE[before.code] });
  }
  return { changed, settled };
}

const keyOf = ({ code, tid }: Pick<Deadline, 'code' | 'tid'>): string => `${code} ${tid}`;

const NO_LONGER = 'What was recorded since shows that nobody waits for it any more.';

/** Why a deadline that was missed as far as was known turns out to be met. */
const ANSWERED: Readonly<Record<Deadline['code'], string>> = {
  'handoff.unanswered': 'An answer that was signed in time has arrived.',
  'delivered.unconfirmed': 'A confirmation that was signed in time has arrived.',
  'arrival.overdue': 'An acceptance that was signed in time has arrived.',
  'chain.gap': 'What was missing has been recorded.',
};

/** Why a deadline is not asked for any more. */
const GONE: Readonly<Record<Deadline['code'], string>> = {
  'handoff.unanswered': NO_LONGER,
  'delivered.unconfirmed': NO_LONGER,
  'arrival.overdue': NO_LONGER,
  'chain.gap': ANSWERED['chain.gap'],
};
