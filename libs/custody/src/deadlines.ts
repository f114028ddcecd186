// What must happen by when, and the finding if it does not (docs/protocol, section 5, "timer"). Pure: the caller keeps
// the clock, stores what is pending and raises what has passed.

import type { PartyId, SiteId, TokenId } from '@unbroken/tokens';
import type { ChainSummary, Release } from './chain-state.js';
import type { FindingCode } from './finding.js';
import type { JudgeContext } from './judge/judged.js';
import { dueAt } from './policy/deadline.js';
import { unsaid } from './policy/default-policy.js';
import type { DeadlineRule } from './policy/policy.js';

/** Seconds a token may wait for what it refers to before that is a finding. */
const GAP_ALLOWED = 10 * 60;

/** What is found by the clock alone. */
export const deadlineCodes = [
  'handoff.unanswered',
  'delivered.unconfirmed',
  'dispatch.overdue',
  'arrival.overdue',
  'parcel.silent',
  'chain.gap',
] as const satisfies readonly FindingCode[];

export interface Deadline {
  readonly code: (typeof deadlineCodes)[number];
  /** The token that started it. */
  readonly tid: TokenId;
  /** Seconds since the epoch. Once passed and not `met`, the finding holds. */
  readonly at: number;
  /** Answered in time by the signers' clocks, also when the answer was recorded late. */
  readonly met: boolean;
  /** Silence says something of the parcel only while the pipeline of this party is proven alive. */
  readonly pipeline?: PartyId;
}

/** Every deadline of the chain that is or was running. One that has gone from the list is no longer asked for. */
export function deadlines(state: ChainSummary, context: JudgeContext): readonly Deadline[] {
  const running: Deadline[] = [];
  for (const release of state.releases) running.push(handoff(state, release, context));
  for (const asked of ofTheChain) {
    const deadline = asked(state, context);
    if (deadline !== null) running.push(deadline);
  }
  state.gaps.forEach((tid, no) => running.push(gap(tid, state.gapTimes[no] ?? 0)));
  return running;
}

function handoff(state: ChainSummary, release: Release, context: JudgeContext): Deadline {
  const { mode, signed, answered, to } = release;
  const rule = context.policyOf(state).deadlines[mode];
  const at =
    release.until ?? dueUnlessMet(state, context, rule, { start: signed, answered, party: to, site: release.at });
  return { code: 'handoff.unanswered', tid: release.tid, at, met: by(release.answered, at) };
}

/** "Delivered", says a gateway: the consignee's silence from there on is an alarm. */
function delivery(state: ChainSummary, context: JudgeContext): Deadline | null {
  const { delivered, consignee, confirmed } = state;
  if (delivered === null || consignee === null) return null;
  const rule = context.policyOf(state).deadlines.confirm;
  const at = due(state, context, rule, { start: delivered.at, party: consignee });
  const met = by(confirmed, at) || (confirmed === null && withdrawn(state));
  return { code: 'delivered.unconfirmed', tid: delivered.tid, at, met };
}

/** Registered, and its sender has let nobody have it. */
function dispatch(state: ChainSummary, context: JudgeContext): Deadline | null {
  const { opening, sender } = state;
  if (opening === null || sender === null) return null;
  const answered = state.releases[0]?.signed ?? state.arrived;
  const rule = context.policyOf(state).deadlines.dispatch ?? unsaid.dispatch;
  const at = dueUnlessMet(state, context, rule, { start: opening.signed, answered, party: sender });
  const met = by(answered, at) || (answered === null && withdrawn(state));
  return { code: 'dispatch.overdue', tid: opening.tid, at, met };
}

function arrival(state: ChainSummary): Deadline | null {
  if (state.opening === null || state.due === null) return null;
  const met = by(state.arrived, state.due) || (state.arrived === null && withdrawn(state));
  return { code: 'arrival.overdue', tid: state.opening.tid, at: state.due, met };
}

/**
 * Under way, and nothing has been heard of it since its newest token: counted from when that was recorded, for what waits
 * on a phone is silence too. With its sender it has not left, with its consignee it has arrived, and whoever merely holds it
 * is an alarm already.
 */
function silence(state: ChainSummary, context: JudgeContext): Deadline | null {
  const { holder, responsible, sender, consignee, holdsFor, tip } = state;
  if (tip === null || holder === null || holder !== responsible || holder === sender) return null;
  if ((consignee !== null && holdsFor.includes(consignee)) || state.closed || state.lost.length > 0) return null;
  const rule = context.policyOf(state).deadlines.silent ?? unsaid.silent;
  const at = due(state, context, rule, { start: Math.floor(state.recordedAt / 1000), party: holder });
  return { code: 'parcel.silent', tid: state.tipRemark?.tid ?? tip, at, met: false, pipeline: holder };
}

const gap = (tid: TokenId, recordedAt: number): Deadline => ({
  code: 'chain.gap',
  tid,
  at: Math.floor(recordedAt / 1000) + GAP_ALLOWED,
  met: false,
});

const ofTheChain: readonly ((state: ChainSummary, context: JudgeContext) => Deadline | null)[] = [
  delivery,
  dispatch,
  arrival,
  silence,
];

/** From when it is counted, and in whose hours: those of the site where the party is waited for, else the party's. */
interface Waiting {
  readonly start: number;
  readonly party: PartyId;
  readonly site?: SiteId | null;
}

/** When the time the policy gives is up. */
const due = (state: ChainSummary, context: JudgeContext, rule: DeadlineRule, { start, party, site }: Waiting): number =>
  dueAt(context.policyOf(state), rule, start, rule.counted === 'always' ? undefined : context.hoursOf(party, site));

/** Working time never runs faster than the clock: what was answered within the seconds needs no calendar. */
const dueUnlessMet = (
  state: ChainSummary,
  context: JudgeContext,
  rule: DeadlineRule,
  waiting: Waiting & { readonly answered: number | null },
): number =>
  waiting.answered !== null && waiting.answered - waiting.start <= rule.seconds
    ? waiting.start + rule.seconds
    : due(state, context, rule, waiting);

const by = (answered: number | null, at: number): boolean => answered !== null && answered <= at;

/** Void or destroyed: nobody waits for it any more. */
const withdrawn = ({ ended }: ChainSummary): boolean => ended === 'void' || ended === 'destroyed';
