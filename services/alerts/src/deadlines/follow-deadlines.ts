// What a chain's deadlines mean for those that are kept: which are new, moved, met, or no longer asked for. Pure.

import type { Deadline } from '@unbroken/custody';
import type { PartyId, ShipmentId, TokenId } from '@unbroken/tokens';

/** `waits`: it is due, and nothing says yet that the pipeline it depends on is alive. */
export type DeadlineState = 'pending' | 'waits' | 'raised' | 'met';

/** A deadline as it is kept; `at` in whole seconds, `heardAt` (when its time was first known here) in milliseconds. */
export interface KeptDeadline {
  readonly sub: ShipmentId;
  readonly code: Deadline['code'];
  readonly tid: TokenId;
  readonly at: number;
  readonly state: DeadlineState;
  readonly heardAt: number;
  /** Raised only while this party's pipeline is proven alive. */
  readonly pipeline?: PartyId;
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

/**
 * `asked` is everything custody's `deadlines` says of the chain, `kept` what is kept of it; `now` in milliseconds. A parcel
 * that is heard of ever again moves its silence on with every token. So what is kept of that is an earlier moment, at which
 * the keeper asks again: a write for each silence that might be, and not for each token.
 */
export function followDeadlines(
  sub: ShipmentId,
  kept: readonly KeptDeadline[],
  asked: readonly Deadline[],
  now: number,
): Followed {
  const sooner = kept.find(({ code, state, at }) => code === 'parcel.silent' && state === 'pending' && at * 1000 > now);
  // Those that nobody has asked for yet.
  const left = new Map<string, KeptDeadline>();
  for (const deadline of kept) left.set(keyOf(deadline), deadline);
  const changed: KeptDeadline[] = [];
  const settled: Settled[] = [];
  for (const { code, tid, at: exact, met, pipeline } of asked) {
    if (code === 'parcel.silent' && sooner !== undefined && exact >= sooner.at) {
      left.delete(keyOf(sooner));
      continue;
    }
    const key = keyOf({ code, tid });
    const before = left.get(key);
    left.delete(key);
    const at = Math.ceil(exact);
    // Due is due: a clock that is set back makes nothing undone, only another time does.
    const isDue = at * 1000 <= now || before?.at === at;
    const state = met ? 'met' : isDue ? stillDue(before?.state) : 'pending';
    // What was met before it was ever kept needs no row.
    if (before === undefined ? met : before.at === at && before.state === state) continue;
    const heardAt = before?.at === at ? before.heardAt : now;
    changed.push({ sub, code, tid, at, state, heardAt, ...(pipeline !== undefined && { pipeline }) });
    if (before?.state === 'raised' && state !== 'raised') {
      settled.push({ sub, code, tid, reason: met ? ANSWERED[code] : MOVED[code] });
    }
  }
  for (const before of left.values()) {
    if (before.state === 'met') continue;
    changed.push({ ...before, state: 'met' });
    if (before.state === 'raised') settled.push({ ...before, reason: GONE[before.code] });
  }
  return { changed, settled };
}

const stillDue = (before: DeadlineState | undefined): DeadlineState =>
  before === 'raised' || before === 'waits' ? before : 'pending';

const keyOf = ({ code, tid }: Pick<Deadline, 'code' | 'tid'>): string => `${code} ${tid}`;

const NO_LONGER = 'What was recorded since shows that nobody waits for it any more.';

const HEARD = 'The parcel has been heard of since.';
const ANEW = 'Its time was set anew.';

/** Why a deadline that was missed lies ahead again. */
const MOVED: Readonly<Record<Deadline['code'], string>> = {
  'handoff.unanswered': ANEW,
  'delivered.unconfirmed': ANEW,
  'dispatch.overdue': ANEW,
  'arrival.overdue': ANEW,
  'parcel.silent': HEARD,
  'chain.gap': ANEW,
};

/** Why a deadline that was missed as far as was known turns out to be met. */
const ANSWERED: Readonly<Record<Deadline['code'], string>> = {
  'handoff.unanswered': 'An answer that was signed in time has arrived.',
  'delivered.unconfirmed': 'A confirmation that was signed in time has arrived.',
  'dispatch.overdue': 'A release that was signed in time has arrived.',
  'arrival.overdue': 'An acceptance that was signed in time has arrived.',
  'parcel.silent': HEARD,
  'chain.gap': 'What was missing has been recorded.',
};

/** Why a deadline is not asked for any more. */
const GONE: Readonly<Record<Deadline['code'], string>> = {
  'handoff.unanswered': NO_LONGER,
  'delivered.unconfirmed': NO_LONGER,
  'dispatch.overdue': NO_LONGER,
  'arrival.overdue': NO_LONGER,
  'parcel.silent': HEARD,
  'chain.gap': ANSWERED['chain.gap'],
};
