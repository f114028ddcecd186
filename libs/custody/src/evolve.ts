// The fold: state and one more recorded token make the next state. Pure and total (docs/protocol, section 4).

import type { ShipmentId } from '@unbroken/tokens';
import type { ChainState, Line, Status } from './chain-state.js';
import { placeOf, isLineToken } from './place.js';
import { isMalformed } from './recorded.js';
import type { Recorded, RecordedToken } from './recorded.js';
import { byTime } from './route.js';
import { step } from './step.js';
import { walk } from './walk.js';

/** The next state. The same token again changes nothing. */
export function evolve(state: ChainState, recorded: Recorded): ChainState {
  if (isRecorded(state, recorded)) return state;
  const history = [...state.history, recorded];
  if (appends(state, recorded)) {
    const line = step(state, recorded as RecordedToken);
    return { ...state, ...line, ...shown(line, false), history, head: line.tip, seq: line.tipSeq };
  }
  return foldAll(state.sub, history);
}

/** The state of a whole history at once; the same as evolving token by token. Each token id once. */
export function foldAll(sub: ShipmentId, history: readonly Recorded[]): ChainState {
  const { line, head, disputed, gaps, waiting } = walk(history);
  return {
    ...line,
    ...shown(line, disputed.length > 0),
    sub,
    head: head?.tid ?? null,
    seq: head?.seq ?? null,
    disputed,
    gaps,
    waiting,
    history,
  };
}

export const isRecorded = (state: ChainState, { tid }: Recorded): boolean =>
  state.history.some((known) => known.tid === tid);

/**
 * Does the token simply follow the head of an orderly chain? Then no other token's place, and so no other token's
 * findings, can change. Otherwise the whole history is folded again.
 */
export function appends(state: ChainState, recorded: Recorded): boolean {
  if (isMalformed(recorded) || state.tip === null || state.head !== state.tip) return false;
  if (state.disputed.length > 0 || state.waiting.length > 0 || isRecorded(state, recorded)) return false;
  const { claims, tid } = recorded;
  if (!('prev' in claims) || claims.prev !== state.tip) return false;
  if ('rel' in claims && claims.rel !== undefined && !state.releases.some((release) => release.tid === claims.rel)) {
    return false;
  }
  if (!isLineToken(recorded)) {
    const latest = state.tipRemark;
    const isLatest = latest === null || byTime(latest, { iat: claims.iat, tid }) < 0;
    return isLatest && placeOf(state, recorded) === 'remark';
  }
  return recorded.claims.seq === state.tipSeq + 1 && placeOf(state, recorded) === 'line';
}

const shown = (line: Line, disputed: boolean): { status: Status; closed: boolean } => ({
  status: statusOf(line, disputed),
  closed: line.ended !== null,
});

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
