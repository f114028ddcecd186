// What must happen by when, and the finding if it does not (docs/protocol, section 5, "timer"). Pure: the caller keeps
// the clock, stores what is pending and raises what has passed.

import type { PartyId, TokenId } from '@unbroken/tokens';
import type { ChainSummary, Release } from './chain-state.js';
import type { FindingCode } from './finding.js';
import type { JudgeContext } from './judge/judged.js';
import { dueAt } from './policy/deadline.js';
import type { Policy } from './policy/policy.js';

/** Seconds a token may wait for what it refers to before that is a finding. */
const GAP_ALLOWED = 10 * 60;

export interface Deadline {
  readonly code: Extract<FindingCode, 'handoff.unanswered' | 'delivered.unconfirmed' | 'arrival.overdue' | 'chain.gap'>;
  /** The token that started it. */
  readonly tid: TokenId;
  /** Seconds since the epoch. Once passed and not `met`, the finding holds. */
  readonly at: number;
  /** Answered in time by the signers' clocks, also when the answer was recorded late. */
  readonly met: boolean;
}

/** Every deadline of the chain that is or was running. One that has gone from the list is no longer asked for. */
export const deadlines = (state: ChainSummary, context: JudgeContext): readonly Deadline[] => [
  ...state.releases.map((release) => handoff(state, release, context)),
  ...delivery(state, context),
  ...arrival(state),
  ...state.gaps.map((tid, no) => gap(tid, state.gapTimes[no] ?? 0)),
];

function handoff(state: ChainSummary, release: Release, context: JudgeContext): Deadline {
  const { seconds } = context.policyOf(state).deadlines[release.mode];
  // Working time never runs faster than the clock: what was answered within the seconds needs no calendar.
  const atOnce = release.answered !== null && release.answered - release.signed <= seconds;
  const at =
    release.until ??
    (atOnce ? release.signed + seconds : due(state, context, release.mode, release.signed, release.to));
  return { code: 'handoff.unanswered', tid: release.tid, at, met: by(release.answered, at) };
}

/** "Delivered", says a gateway: the consignee's silence from there on is an alarm. */
function delivery(state: ChainSummary, context: JudgeContext): readonly Deadline[] {
  const { delivered, consignee, confirmed } = state;
  if (delivered === null || consignee === null) return [];
  const at = due(state, context, 'confirm', delivered.at, consignee);
  const met = by(confirmed, at) || (confirmed === null && withdrawn(state));
  return [{ code: 'delivered.unconfirmed', tid: delivered.tid, at, met }];
}

function arrival(state: ChainSummary): readonly Deadline[] {
  if (state.opening === null || state.due === null) return [];
  const met = by(state.arrived, state.due) || (state.arrived === null && withdrawn(state));
  return [{ code: 'arrival.overdue', tid: state.opening.tid, at: state.due, met }];
}

const gap = (tid: TokenId, recordedAt: number): Deadline => ({
  code: 'chain.gap',
  tid,
  at: Math.floor(recordedAt / 1000) + GAP_ALLOWED,
  met: false,
});

/** When the time the policy gives is up, counted in the hours of the party that is waited for. */
function due(
  state: ChainSummary,
  context: JudgeContext,
  rule: keyof Policy['deadlines'],
  start: number,
  party: PartyId,
): number {
  const policy = context.policyOf(state);
  return dueAt(policy, policy.deadlines[rule], start, context.hoursOf(party));
}

const by = (answered: number | null, at: number): boolean => answered !== null && answered <= at;

/** Void or destroyed: nobody waits for it any more. */
const withdrawn = ({ ended }: ChainSummary): boolean => ended === 'void' || ended === 'destroyed';
