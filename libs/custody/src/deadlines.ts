// What must happen by when, and the finding if it does not (docs/protocol, section 5, "timer"). Pure: the caller keeps
// the clock, stores what is pending and raises what has passed.

import type { PartyId, TokenId } from '@unbroken/tokens';
import type { ChainState, Release } from './chain-state.js';
import type { FindingCode } from './finding.js';
import type { JudgeContext } from './judge/judged.js';
import { dueAt } from './policy/deadline.js';
import type { Policy } from './policy/policy.js';
import { isMalformed } from './recorded.js';
import type { RecordedToken } from './recorded.js';
import { happened } from './route.js';

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
export const deadlines = (state: ChainState, context: JudgeContext): readonly Deadline[] => [
  ...state.releases.map((release) => handoff(state, release, context)),
  ...delivery(state, context),
  ...arrival(state),
  ...state.gaps.map((tid) => gap(state, tid)),
];

function handoff(state: ChainState, release: Release, context: JudgeContext): Deadline {
  const { seconds } = context.policyOf(state).deadlines[release.mode];
  // Working time never runs faster than the clock: what was answered within the seconds needs no calendar.
  const atOnce = release.answered !== null && release.answered - release.signed <= seconds;
  const at =
    release.until ??
    (atOnce ? release.signed + seconds : due(state, context, release.mode, release.signed, release.to));
  return { code: 'handoff.unanswered', tid: release.tid, at, met: by(release.answered, at) };
}

/** "Delivered", says a gateway: the consignee's silence from there on is an alarm. */
function delivery(state: ChainState, context: JudgeContext): readonly Deadline[] {
  const said = state.history
    .filter((recorded): recorded is RecordedToken => !isMalformed(recorded))
    .filter(({ claims }) => claims.evt === 'imported' && claims.what === 'delivered')
    .filter(({ standing }) => standing.key !== 'revoked')
    .toSorted((a, b) => happened(a) - happened(b) || (a.tid < b.tid ? -1 : 1))[0];
  if (said === undefined || state.consignee === null) return [];
  const at = due(state, context, 'confirm', happened(said), state.consignee);
  return [{ code: 'delivered.unconfirmed', tid: said.tid, at, met: by(state.confirmed, at) || withdrawn(state) }];
}

function arrival(state: ChainState): readonly Deadline[] {
  if (state.opening === null || state.due === null) return [];
  const met = by(state.arrived, state.due) || withdrawn(state);
  return [{ code: 'arrival.overdue', tid: state.opening.tid, at: state.due, met }];
}

function gap(state: ChainState, tid: TokenId): Deadline {
  const recordedAt = state.history.find((recorded) => recorded.tid === tid)?.recordedAt ?? 0;
  return { code: 'chain.gap', tid, at: Math.floor(recordedAt / 1000) + GAP_ALLOWED, met: false };
}

/** When the time the policy gives is up, counted in the hours of the party that is waited for. */
function due(
  state: ChainState,
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
const withdrawn = ({ ended }: ChainState): boolean => ended === 'void' || ended === 'destroyed';
