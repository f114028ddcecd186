// The tokens somebody waits for, and what became of them. Only these are looked for among all that is recorded, so
// that waiting costs nothing while nobody waits.

import type { TokenOutcome } from '@unbroken/contracts';
import type { WellFormed } from '../check-form.js';

/** How long an outcome, or the wish for one, is remembered: a client that lost its answer asks again within this. */
const REMEMBERED_MS = 10 * 60 * 1000;
const MOST_REMEMBERED = 50_000;

interface Wish {
  readonly since: number;
  /** Of the bytes that were posted: other bytes of the same token id may be refused without these being so. */
  readonly hashes: Set<string>;
  readonly known: Promise<TokenOutcome>;
  readonly tell: (outcome: TokenOutcome) => void;
  outcome?: TokenOutcome;
}

export class Awaited {
  readonly #wishes = new Map<string, Wish>();

  /** Nothing is looked for: what is recorded need not even be read. */
  get nothing(): boolean {
    return this.#wishes.size === 0;
  }

  /** Looks for these tokens from now on; call it before they are on their way. */
  expect(tokens: readonly WellFormed[], now: number): void {
    this.#forget(now);
    for (const { envelope, hash } of tokens) {
      const wish = this.#wishes.get(envelope.tid) ?? newWish(now);
      wish.hashes.add(hash);
      this.#wishes.set(envelope.tid, wish);
    }
  }

  /** Returns when all are known, `milliseconds` have passed or `signal` says that nobody listens any more. */
  async settle(tids: readonly string[], milliseconds: number, signal: AbortSignal): Promise<void> {
    const all = Promise.all(tids.map(async (tid) => this.#wishes.get(tid)?.known));
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      const end = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', end);
        resolve();
      };
      signal.addEventListener('abort', end);
      if (signal.aborted) end();
      void all.then(end);
    });
  }

  outcomeOf(tid: string): TokenOutcome | undefined {
    return this.#wishes.get(tid)?.outcome;
  }

  /** Tells whoever waits. A refusal counts for the very bytes it names; a record counts for every spelling of them. */
  heard(outcome: TokenOutcome, refusedHash?: string): void {
    const wish = this.#wishes.get(outcome.tid);
    if (wish === undefined || wish.outcome !== undefined) return;
    if (refusedHash !== undefined && !wish.hashes.has(refusedHash)) return;
    wish.outcome = outcome;
    wish.tell(outcome);
  }

  /** A map keeps the order of insertion, so the oldest wishes come first. */
  #forget(now: number): void {
    for (const [tid, { since }] of this.#wishes) {
      if (now - since < REMEMBERED_MS && this.#wishes.size < MOST_REMEMBERED) return;
      this.#wishes.delete(tid);
    }
  }
}

function newWish(since: number): Wish {
  let tell: (outcome: TokenOutcome) => void = () => undefined;
  const known = new Promise<TokenOutcome>((resolve) => (tell = resolve));
  return { since, hashes: new Set(), known, tell };
}
