// Follows a chain along its line as people read it: what hangs on a token right behind it, a fork branch by branch. What
// a token did is asked of the fold itself, as the difference it makes to the line so far, so that no rule of custody is
// written a second time here.

import { emptyChain, evolve, isMalformed } from '@unbroken/custody';
import type { ChainState, Recorded, RecordedToken } from '@unbroken/custody';
import type { TokenId } from '@unbroken/tokens';

/** A token that is reached from the opening. `before` and `after` are the states of its own branch alone. */
export interface Followed {
  readonly token: RecordedToken;
  readonly effect: 'line' | 'remark' | 'none';
  readonly before: ChainState;
  readonly after: ChainState;
  /** 0 for the line and the branch recorded first; each rival branch has the next number. */
  readonly track: number;
}

/** In the order of the timeline. Tokens that wait for others, or could not be read, are not among them. */
export function followLine(state: ChainState): readonly Followed[] {
  const opening = state.history.find(({ tid }) => tid === state.opening?.tid);
  return opening === undefined || isMalformed(opening) ? [] : new Follower(state).follow(opening);
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
    this.#branches([{ token: opening, before: emptyChain(this.state.sub), track: 0 }]);
    return this.#followed;
  }

  /** Branches that are still to be followed, the next one last: a chain is longer than a stack is deep. */
  #branches(open: { token: RecordedToken; before: ChainState; track: number }[]): void {
    for (let branch = open.pop(); branch !== undefined; branch = open.pop()) {
      const { token, before, track } = branch;
      const after = evolve(before, token);
      this.#followed.push({ token, effect: 'line', before, after, track });
      const around = this.#around(token.tid, after, track);
      const [first, ...rivals] = around.next;
      const numbered = rivals.map((rival) => ({ token: rival, before: around.state, track: ++this.#tracks }));
      open.push(...numbered.toReversed());
      if (first !== undefined) open.push({ token: first, before: around.state, track });
    }
  }

  /** Remarks, and what moves nothing; what hangs on the latter is read as if it hung on the former. */
  #around(at: TokenId, start: ChainState, track: number): { state: ChainState; next: readonly RecordedToken[] } {
    let state = start;
    const next: RecordedToken[] = [];
    const queue = this.#behind(at);
    for (let token = queue.shift(); token !== undefined; token = queue.shift()) {
      const after = evolve(state, token);
      const effect = effectOf(token, after);
      if (effect === 'line') {
        next.push(token);
        continue;
      }
      this.#followed.push({ token, effect, before: state, after, track });
      state = after;
      queue.push(...this.#behind(token.tid));
    }
    return { state, next: next.sort((a, b) => a.index - b.index) };
  }

  /** Remarks first, in the order in which they were signed. */
  #behind(tid: TokenId): RecordedToken[] {
    const isRemark = (token: RecordedToken) => !('seq' in token.claims);
    return (this.#hanging.get(tid) ?? []).toSorted(
      (a, b) =>
        Number(isRemark(b)) - Number(isRemark(a)) ||
        (isRemark(a) ? a.claims.iat - b.claims.iat || (a.tid < b.tid ? -1 : 1) : a.index - b.index),
    );
  }
}

function effectOf({ tid, claims }: RecordedToken, after: ChainState): Followed['effect'] {
  if ('seq' in claims) return after.tip === tid ? 'line' : 'none';
  return after.tipRemark?.tid === tid ? 'remark' : 'none';
}

const isReadable = (recorded: Recorded): recorded is RecordedToken => !isMalformed(recorded);
