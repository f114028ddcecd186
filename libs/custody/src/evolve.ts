// The fold: state and one more recorded token make the next state. Pure and total (docs/protocol, section 4).

import type { ShipmentId } from '@unbroken/tokens';
import { isMalformedInContext } from './anchor.js';
import type { Said } from './anchor.js';
import { emptySummary, summary, summaryOf } from './state-shape.js';
import type { ChainState, ChainSummary, Line, Status } from './chain-state.js';
import { placeOf, isLineToken } from './place.js';
import { isMalformed } from './recorded.js';
import type { Recorded, RecordedToken } from './recorded.js';
import { releaseOf } from './release-named.js';
import { byTime } from './route.js';
import { put } from './step.js';
import { walk } from './walk.js';

/** The next state. The same token again changes nothing. */
export function evolve(state: ChainState, recorded: Recorded): ChainState {
  if (isRecorded(state, recorded)) return state;
  const history = [...state.history, recorded];
  return follows(state, recorded) ? Object.assign(advance(state, recorded), { history }) : foldAll(state.sub, history);
}

/** The state of a whole history at once; the same as evolving token by token. Each token id once. */
export const foldAll = (sub: ShipmentId, history: readonly Recorded[]): ChainState =>
  Object.assign(walked(sub, history), { history });

/** The same, without the history: token by token from the opening on, as far as each simply follows. */
export function foldSummary(sub: ShipmentId, history: readonly Recorded[]): ChainSummary {
  const [first, ...rest] = history;
  let chain = first && opened(sub, first);
  for (const token of rest) chain = chain && follows(chain, token) ? advance(chain, token) : undefined;
  return chain ?? walked(sub, history);
}

/** A chain of its opening alone, as every chain begins; undefined where that does not open it. */
function opened(sub: ShipmentId, token: Recorded): ChainSummary | undefined {
  if (isMalformed(token) || token.claims.evt !== 'registered' || token.standing.key === 'revoked') return undefined;
  return isMalformedInContext(token, nothingSaid) ? undefined : advance(emptySummary(sub), token);
}

const nothingSaid: Said = new Map();

function walked(sub: ShipmentId, history: readonly Recorded[]): ChainSummary {
  const { line, head, disputed, gaps, waiting } = walk(history);
  return summary(line, {
    status: statusOf(line, disputed.length > 0),
    closed: isClosed(line),
    sub,
    head: head?.tid ?? null,
    seq: head?.seq ?? null,
    disputed,
    gaps: gaps.map(({ tid }) => tid),
    gapTimes: gaps.map(({ recordedAt }) => recordedAt),
    waiting,
    recordedAt: history.reduce((latest, { recordedAt }) => Math.max(latest, recordedAt), 0),
  });
}

export const isRecorded = (state: ChainState, { tid }: Recorded): boolean =>
  state.history.some((known) => known.tid === tid);

/**
 * Does a token that is not recorded yet simply follow the head of an orderly chain? Then no other token's place, and so
 * no other token's findings, can change. Otherwise the whole history is folded again.
 */
export function follows(chain: ChainSummary, recorded: Recorded): recorded is RecordedToken {
  if (isMalformed(recorded) || chain.tip === null || chain.head !== chain.tip) return false;
  if (chain.disputed.length > 0 || chain.waiting.length > 0 || chain.tipBeside) return false;
  const { claims, tid } = recorded;
  if (!('prev' in claims) || claims.prev !== chain.tip) return false;
  // What speaks of another token may change the place of that one, and of all that hangs on it.
  if ('of' in claims) return false;
  if ('rel' in claims && claims.rel !== undefined && releaseOf(chain, claims.rel) === undefined) return false;
  if (!isLineToken(recorded)) {
    const latest = chain.tipRemark;
    const isLatest = latest === null || byTime(latest, { iat: claims.iat, tid }) < 0;
    return isLatest && placeOf(chain, recorded) === 'remark';
  }
  return recorded.claims.seq === chain.tipSeq + 1 && placeOf(chain, recorded) === 'line';
}

/** The chain after a token that follows it; needs no history. */
export function advance(chain: ChainSummary, recorded: RecordedToken): ChainSummary {
  const next = put(summaryOf(chain), recorded);
  next.status = statusOf(next, false);
  next.closed = isClosed(next);
  next.head = next.tip;
  next.seq = next.tipSeq;
  next.recordedAt = Math.max(chain.recordedAt, recorded.recordedAt);
  return next;
}

const isClosed = ({ ended }: Line): boolean => ended !== null;

/** The first that holds (rule 12). */
function statusOf(line: Line, disputed: boolean): Status {
  if (disputed) return 'disputed';
  if (line.ended !== null) return line.ended;
  if (line.lost.length > 0) return 'lost';
  if (line.holder !== line.responsible) return 'astray';
  if (line.offer !== null) return 'offered';
  if (line.moves === 0) return 'prepared';
  const arrived = line.consignee !== null && line.holdsFor.includes(line.consignee);
  return arrived ? 'arrived' : 'in-custody';
}
