// All findings of a chain at one moment: those that follow at once, and the deadlines that have passed.

import type { TokenId } from '@unbroken/tokens';
import type { ChainState } from './chain-state.js';
import { deadlines } from './deadlines.js';
import type { FindingCode } from './finding.js';
import { judgeChain } from './judge/judge.js';
import type { JudgeContext } from './judge/judged.js';

/**
 * By token, in the order of the log. `now` in seconds. A parcel's silence is none of them: a chain alone does not show
 * whether its holder's pipeline is alive, so that is for the alerts to say.
 */
export function findingsAt(
  state: ChainState,
  context: JudgeContext,
  now: number,
): ReadonlyMap<TokenId, readonly FindingCode[]> {
  const findings = new Map(judgeChain(state, context));
  for (const { code, tid, at, met, pipeline } of deadlines(state, context)) {
    if (!met && at <= now && pipeline === undefined) findings.set(tid, [...(findings.get(tid) ?? []), code]);
  }
  return findings;
}
