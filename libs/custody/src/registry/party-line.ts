// The line of one party's chain: which token hangs on which (docs/protocol, section 4, rules 1, 4, 5, 9 and 10, as
// they read for party chains). It knows places; what a token does and who may sign it is told by its judge.

import type { TokenId } from '@unbroken/tokens';
import type { PartyClaims } from '../events/catalogue.js';
import type { FindingCode } from '../finding.js';
import type { RecordedPartyToken } from './entry.js';

/** What the judge says of a token that found its place: how it stands in the line. */
export type Verdict = 'rightful' | 'wrong-hands' | 'revoked';

interface Placed {
  readonly tid: TokenId;
  readonly iat: number;
  readonly seq: number;
  readonly place: Verdict | 'remark';
  /** What it hangs on when wrong hands and revoked keys are passed over: they neither fork nor hide (rules 1, 9). */
  readonly onRightful: Placed | undefined;
  /** What it hangs on when revoked keys alone are passed over. */
  readonly onVisible: Placed | undefined;
  /** The first rightful token that hangs on this one. */
  next?: Placed;
}

const rightful = (token: Placed | undefined): Placed | undefined =>
  token?.place === 'rightful' ? token : token?.onRightful;
const visible = (token: Placed | undefined): Placed | undefined =>
  token?.place === 'revoked' ? token.onVisible : token;

export class PartyLine {
  readonly #placed = new Map<TokenId, Placed>();
  /** Recorded, but malformed or made to wait: what hangs on one of these waits too, and is no gap (rule 5). */
  readonly #placeless = new Set<TokenId>();
  readonly #waiting = new Map<TokenId, RecordedPartyToken[]>();
  readonly #disputed = new Set<TokenId>();
  readonly #note: (tid: TokenId, code: FindingCode) => void;
  #opening: Placed | undefined;
  #tip: Placed | undefined;
  #head: Placed | undefined;

  constructor(note: (tid: TokenId, code: FindingCode) => void) {
    this.#note = note;
  }

  /** The token to sign on next. Party chains go on while disputed: along the branch recorded first. */
  get head(): { readonly tid: TokenId; readonly seq: number } | null {
    return this.#head ? { tid: this.#head.tid, seq: this.#head.seq } : null;
  }

  /** First tokens of the branches of every fork, in the order they took their place. */
  get disputed(): TokenId[] {
    return [...this.#disputed];
  }

  /** Tokens whose own `prev` is not recorded (rule 5). */
  get gaps(): TokenId[] {
    return [...this.#waiting]
      .filter(([prev]) => !this.#placeless.has(prev))
      .flatMap(([, waiting]) => waiting.map(({ tid }) => tid));
  }

  /** Keeps a token that has no place in the line; what hangs on it waits (rules 5, 10). */
  addMalformed(tid: TokenId): void {
    this.#placeless.add(tid);
    this.#note(tid, 'token.malformed');
  }

  /** Gives a token its place, and then everything that waited for it; `judge` is asked once for each as it happens. */
  add(entry: RecordedPartyToken, judge: (placed: RecordedPartyToken) => Verdict): void {
    const arriving = [entry];
    for (let next = arriving.shift(); next; next = arriving.shift()) {
      const found = this.#find(next.claims);
      if (found === 'waits') this.#wait(next);
      else if (found === 'malformed') this.addMalformed(next.tid);
      else {
        this.#place(next, found.on, judge(next));
        arriving.push(...this.#freed(next.tid));
      }
    }
  }

  #find(claims: PartyClaims): 'waits' | 'malformed' | { readonly on: Placed | undefined } {
    if (claims.evt === 'established') return claims.seq === 0 ? { on: undefined } : 'malformed';
    const on = this.#placed.get(claims.prev);
    if (!on) return 'waits';
    if (on.place === 'remark') return 'malformed';
    return 'seq' in claims && claims.seq !== on.seq + 1 ? 'malformed' : { on };
  }

  #wait(entry: RecordedPartyToken): void {
    if (entry.claims.evt === 'established') return;
    const { prev } = entry.claims;
    this.#placeless.add(entry.tid);
    const waiting = this.#waiting.get(prev);
    if (waiting) waiting.push(entry);
    else this.#waiting.set(prev, [entry]);
  }

  #freed(tid: TokenId): readonly RecordedPartyToken[] {
    const freed = this.#waiting.get(tid) ?? [];
    this.#waiting.delete(tid);
    return freed;
  }

  #place({ tid, claims }: RecordedPartyToken, on: Placed | undefined, verdict: Verdict): void {
    const { iat } = claims;
    if (on && iat < on.iat && verdict !== 'revoked') this.#note(tid, 'chain.backdated');
    if (claims.evt === 'admitted') {
      this.#placed.set(tid, { tid, iat, seq: 0, place: 'remark', onRightful: undefined, onVisible: undefined });
      return;
    }
    const placed: Placed = {
      tid,
      iat,
      seq: claims.seq,
      place: verdict,
      // A second opening is passed over: what hangs on it is folded as if on the first.
      onRightful: rightful(on) ?? this.#opening,
      onVisible: visible(on),
    };
    this.#placed.set(tid, placed);
    if (verdict === 'rightful') this.#follow(placed);
    else if (verdict === 'wrong-hands' && placed.onVisible && placed.onVisible === this.#head) this.#head = placed;
  }

  #follow(placed: Placed): void {
    const on = placed.onRightful;
    if (!on) this.#opening = placed;
    else if (!on.next) on.next = placed;
    else {
      this.#disputed.add(on.next.tid).add(placed.tid);
      this.#note(placed.tid, 'chain.disputed');
    }
    if (on === this.#tip) this.#head = this.#tip = placed;
  }
}
