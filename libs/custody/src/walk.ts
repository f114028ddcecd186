// Folds a whole history: gives every token its place, in an order that depends on what was signed and not on when it
// was recorded (docs/protocol, section 4).

import type { TokenId } from '@unbroken/tokens';
import { anchors } from './anchor.js';
import type { End } from './follow.js';
import { Follower } from './follow.js';
import type { Placed } from './place.js';
import type { Recorded, RecordedToken } from './recorded.js';

export interface Walked extends End {
  /** Tokens that refer to one that is not recorded. */
  readonly gaps: readonly Recorded[];
  /** All tokens that wait for a place, the gaps among them. */
  readonly waiting: readonly TokenId[];
  /** The settlements that counted, by whoever is responsible at their fork. */
  readonly settlements: readonly RecordedToken[];
}

/** Total: whatever was recorded, in whatever order. `visit` is told of every token of the history, once. */
export function walk(history: readonly Recorded[], visit: (placed: Placed) => void = () => undefined): Walked {
  const said = new Map<TokenId, Recorded>(history.map((recorded) => [recorded.tid, recorded]));
  const anchor = anchors(history, said);
  const seen = new Set<TokenId>();
  const follower = new Follower(history, { anchor, said }, (placed) => {
    seen.add(placed.token.tid);
    visit(placed);
  });
  const end = follower.follow();
  const gaps: Recorded[] = [];
  const waiting: TokenId[] = [];
  for (const token of history.filter(({ tid }) => !seen.has(tid))) {
    const known = anchor.get(token.tid);
    const place = known === 'malformed' || known === 'gap' ? known : 'waiting';
    if (place !== 'malformed') waiting.push(token.tid);
    if (place === 'gap') gaps.push(token);
    visit({ token, place, line: end.line, rival: false });
  }
  return { ...end, gaps, waiting, settlements: [...follower.heeded] };
}
