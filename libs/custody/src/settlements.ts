// What `settled` says of which branch (docs/protocol, section 4, rule 4). It counts wherever in the chain it hangs: whoever
// settles signs on the head it knows, which may be the fork or a token of any branch.

import type { TokenId } from '@unbroken/tokens';
import type { Anchor, Said } from './anchor.js';
import { isMalformed } from './recorded.js';
import type { Recorded, RecordedToken } from './recorded.js';

export type Settlement = RecordedToken & { readonly claims: { readonly evt: 'settled' } };

export const isSettlement = (token: RecordedToken): token is Settlement => token.claims.evt === 'settled';

export class Settlements {
  readonly #naming = new Map<TokenId, Settlement[]>();

  /** Of the chain that `opening` opens. */
  constructor(
    history: readonly Recorded[],
    { anchor, said }: { readonly anchor: ReadonlyMap<TokenId, Anchor>; readonly said: Said },
    opening: TokenId,
  ) {
    for (const token of history) {
      if (isMalformed(token) || !isSettlement(token) || anchor.get(token.tid) !== 'anchored') continue;
      if (anchor.get(token.claims.of) !== 'anchored' || !wayUp(token.claims.prev, said).includes(opening)) continue;
      for (const tid of wayUp(token.claims.of, said)) {
        const naming = this.#naming.get(tid);
        if (naming === undefined) this.#naming.set(tid, [token]);
        else naming.push(token);
      }
    }
  }

  /** Those that name this token or one that hangs on it, in the order of the log. */
  naming(tid: TokenId): readonly Settlement[] {
    return this.#naming.get(tid) ?? [];
  }
}

/** A token and all that it hangs on, up to the opening. What is anchored hangs on nothing but what is. */
function wayUp(from: TokenId, said: Said): readonly TokenId[] {
  const way: TokenId[] = [];
  for (let tid: TokenId | null = from; tid !== null;) {
    way.push(tid);
    const token = said.get(tid);
    tid = token === undefined || isMalformed(token) || !('prev' in token.claims) ? null : token.claims.prev;
  }
  return way;
}
