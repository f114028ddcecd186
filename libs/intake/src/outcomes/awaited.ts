// The tokens somebody waits for, and what became of them. Only these are looked for among all that is recorded, so
// that waiting costs nothing while nobody waits.

import type { TokenOutcome } from '@unbroken/contracts';
import type { WellFormed } from '../check-form.js';

/** How long an outcome, or the wish for one, is remembered: a client that lost its answer asks again within this. */
const REMEMBERED_MS = 10 * 60 * 1000;
const MOST_REMEMBERED = 50_000;

interface Wish {
  readonly tid: string;
  readonly since: number;
  /** Resolves when it is known what became of the token. */
  readonly known: Settled;
  /** Resolves when its receipt is there too, or it is refused and there will be none. */
  readonly receipted: Settled;
  outcome?: TokenOutcome;
}

interface Settled {
  readonly when: Promise<void>;
  readonly now: () => void;
}

/** What is waited for. */
export type Until = keyof Pick<Wish, 'known' | 'receipted'>;

export class Awaited {
  /** By the hash of the bytes that were posted. */
  readonly #wishes = new Map<string, Wish>();
  /** The same, by token id: two spellings of a signature are one token. */
  readonly #spellings = new Map<string, Set<string>>();

  /** Those recorded without a receipt yet: by log, then index, the hashes of the bytes. */
  readonly #unreceipted = new Map<string, Map<number, Set<string>>>();

  /** Nothing is looked for: what is recorded need not even be read. */
  get nothing(): boolean {
    return this.#wishes.size === 0;
  }

  /** Looks for these tokens from now on; call it before they are on their way. */
  expect(tokens: readonly WellFormed[], now: number): void {
    this.#forget(now);
    for (const { envelope, hash } of tokens) {
      if (this.#wishes.has(hash)) continue;
      this.#wishes.set(hash, newWish(envelope.tid, now));
      this.#spellings.set(envelope.tid, (this.#spellings.get(envelope.tid) ?? new Set()).add(hash));
    }
  }

  /** Returns when all are so far, `milliseconds` have passed or `signal` says that nobody listens any more. */
  async settle(
    tokens: readonly WellFormed[],
    {
      until,
      milliseconds,
      signal,
    }: { readonly until: Until; readonly milliseconds: number; readonly signal: AbortSignal },
  ): Promise<void> {
    const all = Promise.all(tokens.map(async ({ hash }) => this.#wishes.get(hash)?.[until].when));
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

  outcomeOf({ hash }: WellFormed): TokenOutcome | undefined {
    return this.#wishes.get(hash)?.outcome;
  }

  /** The token is in a log: that holds for every spelling of it, also for one refused before. */
  recorded(outcome: TokenOutcome): void {
    for (const hash of this.#spellings.get(outcome.tid) ?? []) this.#tell(hash, outcome);
  }

  /** Which of these entries of a log a token is that somebody waits for and that has no receipt. */
  wanted(log: string, from: number, to: number): number[] {
    return [...(this.#unreceipted.get(log)?.keys() ?? [])].filter((index) => index >= from && index < to);
  }

  receipt(log: string, index: number, receipt: string): void {
    for (const hash of this.#unreceipted.get(log)?.get(index) ?? []) {
      const wish = this.#wishes.get(hash);
      if (wish?.outcome === undefined) continue;
      wish.outcome = { ...wish.outcome, receipt };
      wish.receipted.now();
    }
    this.#unreceipted.get(log)?.delete(index);
  }

  /** These very bytes were refused; others of the same token id need not be. */
  refused(hash: string, outcome: TokenOutcome): void {
    this.#tell(hash, outcome);
  }

  #tell(hash: string, outcome: TokenOutcome): void {
    const wish = this.#wishes.get(hash);
    if (wish === undefined) return;
    // An entry that is published again has its receipt already.
    if (wish.outcome?.receipt !== undefined) return;
    wish.outcome = outcome;
    wish.known.now();
    if (outcome.status === 'refused') wish.receipted.now();
    const { log, index } = outcome;
    if (log !== undefined && index !== undefined) this.#unreceiptedAt(log, index).add(hash);
  }

  #unreceiptedAt(log: string, index: number): Set<string> {
    const places = this.#unreceipted.get(log) ?? new Map<number, Set<string>>();
    const hashes = places.get(index) ?? new Set();
    this.#unreceipted.set(log, places.set(index, hashes));
    return hashes;
  }

  /** A map keeps the order of insertion, so the oldest wishes come first. */
  #forget(now: number): void {
    for (const [hash, { tid, since, outcome }] of this.#wishes) {
      if (now - since < REMEMBERED_MS && this.#wishes.size < MOST_REMEMBERED) return;
      this.#wishes.delete(hash);
      if (outcome?.log !== undefined) this.#unreceipted.get(outcome.log)?.delete(outcome.index ?? -1);
      this.#spellings.get(tid)?.delete(hash);
      if (this.#spellings.get(tid)?.size === 0) this.#spellings.delete(tid);
    }
  }
}

function newWish(tid: string, since: number): Wish {
  return { tid, since, known: settled(), receipted: settled() };
}

function settled(): Settled {
  let now: () => void = () => undefined;
  const when = new Promise<void>((resolve) => (now = resolve));
  return { when, now };
}
