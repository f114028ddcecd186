// A chain as people read it: what hangs on a token right behind it, a fork branch by branch; behind all that what has no
// place on it.

import { isMalformed, isOfTheChain, step, walk } from '@unbroken/custody';
import type { ChainState, Line, Place, Recorded } from '@unbroken/custody';

export interface Followed {
  readonly token: Recorded;
  readonly place: Place;
  /** The token's own branch before and after it; the same where it moves nothing. */
  readonly before: Line;
  readonly after: Line;
  /** 0 for the line and the branch recorded first; each rival branch has the next number. */
  readonly track: number;
}

/** Every token of the chain once, in the order of the timeline. */
export function followLine(state: ChainState): readonly Followed[] {
  const followed: Followed[] = [];
  const outside: Followed[] = [];
  const tracks = new Map<string | null, number>();
  let rivals = 0;
  walk(state.history, ({ token, place, line, rival }) => {
    const track = rival ? ++rivals : (tracks.get(prevOf(token)) ?? 0);
    tracks.set(token.tid, track);
    const moves = isOfTheChain(place) && !isMalformed(token);
    const at = { token, place, before: line, after: moves ? step(line, token) : line };
    if (isReached(token, place)) followed.push({ ...at, track });
    else outside.push({ ...at, track });
  });
  return [...followed, ...outside];
}

/** The token it hangs on, as signed; null for an opening and for what could not be read. */
export const prevOf = (recorded: Recorded): string | null =>
  !isMalformed(recorded) && 'prev' in recorded.claims ? recorded.claims.prev : null;

/** Is there a way to it from the opening? */
const isReached = (token: Recorded, place: Place): boolean =>
  place === 'line' || (prevOf(token) !== null && place !== 'malformed' && place !== 'gap' && place !== 'waiting');
