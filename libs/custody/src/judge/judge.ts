// The findings that follow from a chain at once (docs/protocol, section 5). One judge a kind; adding one adds a line.

import type { TokenId } from '@unbroken/tokens';
import type { ChainState, ChainSummary } from '../chain-state.js';
import { follows, isRecorded } from '../evolve.js';
import type { FindingCode } from '../finding.js';
import { hasPlace, placeOf } from '../place.js';
import type { Placed } from '../place.js';
import { isMalformed } from '../recorded.js';
import type { Recorded, RecordedToken } from '../recorded.js';
import { walk } from '../walk.js';
import { judgeDispatch } from './judge-dispatch.js';
import { judgeHands } from './judge-hands.js';
import { judgeKey } from './judge-key.js';
import { judgeKeyRelease } from './judge-key-release.js';
import { judgeParcel } from './judge-parcel.js';
import { judgePlace } from './judge-place.js';
import { judgeRoute } from './judge-route.js';
import { judgeSeals } from './judge-seals.js';
import { isDrifting, judgeTime } from './judge-time.js';
import { when } from './judged.js';
import type { Judge, JudgeContext } from './judged.js';

/** What a token says is judged also when it moves nothing, but not when its key is revoked and nobody witnessed it. */
const judges: readonly Judge[] = [
  judgeHands,
  judgeRoute,
  judgePlace,
  judgeSeals,
  judgeParcel,
  judgeDispatch,
  judgeKeyRelease,
  judgeTime,
];

/**
 * Findings of one token, given the state before it. Pure and total; a token recorded already has no new findings.
 * Where the token does not simply append, findings of other tokens may change as well: see `judgeChain`.
 */
export function judge(state: ChainState, recorded: Recorded, context: JudgeContext): readonly FindingCode[] {
  if (isRecorded(state, recorded)) return [];
  if (follows(state, recorded)) return judgeNext(state, recorded, context);
  return judgeHistory([...state.history, recorded], context).get(recorded.tid) ?? [];
}

/** Findings of a token that `follows` the chain; needs no history. */
export const judgeNext = (
  chain: ChainSummary,
  recorded: RecordedToken,
  context: JudgeContext,
): readonly FindingCode[] =>
  findingsOf({ token: recorded, place: placeOf(chain, recorded), line: chain, rival: false }, chain.tipSigned, context);

/** Findings of every token of the chain, in the order of the log; empty lists for those in order. */
export const judgeChain = (state: ChainState, context: JudgeContext): ReadonlyMap<TokenId, readonly FindingCode[]> =>
  judgeHistory(state.history, context);

function judgeHistory(
  history: readonly Recorded[],
  context: JudgeContext,
): ReadonlyMap<TokenId, readonly FindingCode[]> {
  const byTid = new Map<TokenId, Recorded>(history.map((recorded) => [recorded.tid, recorded]));
  const findings = new Map<TokenId, readonly FindingCode[]>(history.map(({ tid }) => [tid, []]));
  walk(history, (placed) => {
    const { token } = placed;
    const prev = isMalformed(token) || !('prev' in token.claims) ? undefined : byTid.get(token.claims.prev);
    findings.set(token.tid, findingsOf(placed, prev === undefined ? null : signedAt(prev), context));
  });
  return findings;
}

const signedAt = (recorded: Recorded): number | null => (isMalformed(recorded) ? null : recorded.claims.iat);

function findingsOf(placed: Placed, prevSigned: number | null, context: JudgeContext): readonly FindingCode[] {
  const { token, place, line, rival, about } = placed;
  if (isMalformed(token)) return ['token.malformed', ...when({ 'clock.drift': isDrifting(token.drift) })];
  const judged = { token, place, line, rival, about, prevSigned, context };
  const ofKey = judgeKey(judged);
  if (token.standing.key === 'revoked' && !hasPlace(placed)) return ofKey;
  const found: FindingCode[] = place === 'malformed' ? ['token.malformed', ...ofKey] : [...ofKey];
  for (const judge of judges) for (const code of judge(judged)) found.push(code);
  return found;
}
