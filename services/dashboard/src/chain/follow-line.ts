// Follows a chain along its line as people read it: what hangs on a token right behind it, a fork branch by branch. What
// a token did is asked of the fold itself, as the difference it makes to the line so far, so that no rule of custody is
// written a second time here.

import { advance, foldAll, follows, isMalformed, summaryOf } from '@unbroken/custody';
import type { ChainState, ChainSummary, Recorded, RecordedToken } from '@unbroken/custody';
import type { TokenId } from '@unbroken/tokens';

/** A token that is reached from the opening. `before` and `after` are the states of its own branch alone. */
export interface Followed {
  readonly token: RecordedToken;
  readonly effect: 'line' | 'remark' | 'none';
  readonly before: ChainSummary | null;
  readonly after: ChainSummary;
  /** 0 for the line and the branch recorded first; each rival branch has the next number. */
  readonly track: number;
}

/** In the order of the timeline. Tokens that wait for others, or could not be read, are not among them. */
export function followLine(state: ChainState): readonly Followed[] {
  const opening = state.history.find(({ tid }) => tid === state.opening?.tid);
  return opening === undefined || isMalformed(opening) ? [] : new Follower(state).follow(opening);
}

/** A line token that is to be followed next, and the branch as it stands before it. */
interface Branch {
  readonly token: RecordedToken;
  readonly before: ChainSummary | null;
  /** Everything on the branch, in order; what moved nothing too. */
  readonly path: readonly RecordedToken[];
  readonly track: number;
}

class Follower {
  readonly #followed: Followed[] = [];
  readonly #hanging = new Map<TokenId, RecordedToken[]>();
  #tracks = 0;

  constructor(private readonly state: ChainState) {
    const waiting = new Set(state.waiting);
    for (const token of state.history.filter(isReadable)) {
      if (!('prev' in token.claims) || waiting.has(token.tid)) continue;
      const known = this.#hanging.get(token.claims.prev);
      if (known === undefined) this.#hanging.set(token.claims.prev, [token]);
      else known.push(token);
    }
  }

  follow(opening: RecordedToken): readonly Followed[] {
    // Branches that are still to be followed, the next one last: a chain is longer than a stack is deep.
    const open: Branch[] = [{ token: opening, before: null, path: [], track: 0 }];
    for (let branch = open.pop(); branch !== undefined; branch = open.pop()) {
      open.push(...this.#take(branch).toReversed());
    }
    return this.#followed;
  }

  /** The token, everything that hangs on it and does not go on, and the branches that do. */
  #take({ token, before, path, track }: Branch): readonly Branch[] {
    let line = before === null ? summaryOf(foldAll(this.state.sub, [token])) : advance(before, token);
    this.#followed.push({ token, effect: 'line', before, after: line, track });
    const around = [token];
    const next: RecordedToken[] = [];
    const queue = this.#behind(token.tid);
    for (let hanging = queue.shift(); hanging !== undefined; hanging = queue.shift()) {
      const effect = effectOf(hanging, line, () => [...path, ...around]);
      if (effect === 'line') {
        next.push(hanging);
        continue;
      }
      const after = effect === 'remark' ? advance(line, hanging) : line;
      this.#followed.push({ token: hanging, effect, before: line, after, track });
      line = after;
      around.push(hanging);
      // What hangs on a token that moves nothing is read as if it hung on the one before.
      queue.push(...this.#behind(hanging.tid));
    }
    // Kept only for what hangs on tokens that move nothing, and for forks.
    const passed = [...path, ...around];
    return next
      .toSorted((a, b) => a.index - b.index)
      .map((first, order) => ({
        token: first,
        before: line,
        path: passed,
        track: order === 0 ? track : ++this.#tracks,
      }));
  }

  /** Remarks first, in the order in which they were signed. */
  #behind(tid: TokenId): RecordedToken[] {
    return (this.#hanging.get(tid) ?? []).toSorted(
      (a, b) =>
        Number(isRemark(b)) - Number(isRemark(a)) ||
        (isRemark(a) ? a.claims.iat - b.claims.iat || (a.tid < b.tid ? -1 : 1) : a.index - b.index),
    );
  }
}

/**
 * Whatever hangs on the tip itself either follows it or moves nothing. For what hangs on something else the branch is
 * folded whole.
 */
function effectOf(token: RecordedToken, line: ChainSummary, path: () => readonly RecordedToken[]): Followed['effect'] {
  const follower = isRemark(token) ? 'remark' : 'line';
  if ('prev' in token.claims && token.claims.prev === line.tip) return follows(line, token) ? follower : 'none';
  const { tip, tipRemark } = foldAll(line.sub, [...path(), token]);
  return (isRemark(token) ? tipRemark?.tid : tip) === token.tid ? follower : 'none';
}

const isRemark = ({ claims }: RecordedToken): boolean => !('seq' in claims);

const isReadable = (recorded: Recorded): recorded is RecordedToken => !isMalformed(recorded);
