// What became of the tokens that requests wait for. One for each process, shared by its services.

import type { OnModuleDestroy } from '@nestjs/common';
import type { TokenOutcome } from '@unbroken/contracts';
import type { Clock, RawMessage } from '@unbroken/platform';
import type { WellFormed } from '../check-form.js';
import { uploadHash } from '../check-form.js';
import { Awaited } from './awaited.js';
import { recordedOutcome, refusedOutcome } from './read-outcome.js';

/** By the hash of the bytes that were posted. */
export type KnownOutcomes = ReadonlyMap<string, TokenOutcome>;

export class Outcomes implements OnModuleDestroy {
  readonly #awaited = new Awaited();
  readonly #ending = new AbortController();

  constructor(private readonly clock: Clock) {}

  /** Whoever still waits is answered with what is known, or the process could not end before they are. */
  onModuleDestroy(): void {
    this.#ending.abort();
  }

  /** Looks out for these tokens from now on; call it before they are kept, or the answer may come before the question. */
  expect(tokens: readonly WellFormed[]): void {
    this.#awaited.expect(tokens, this.clock.now());
  }

  /**
   * What became of them, by the hash of their bytes, once all is known or `seconds` have passed; those that nothing is
   * known of are left out. Ends early when `gone` says that nobody listens any more.
   */
  async of(tokens: readonly WellFormed[], seconds: number, gone: AbortSignal): Promise<KnownOutcomes> {
    await this.#awaited.settle(tokens, seconds * 1000, AbortSignal.any([gone, this.#ending.signal]));
    return new Map(
      tokens.flatMap((token) => {
        const outcome = this.#awaited.outcomeOf(token);
        return outcome === undefined ? [] : [[token.hash, outcome] as const];
      }),
    );
  }

  /** Entries of a log. While nobody waits they are not even read. */
  recorded(messages: readonly RawMessage[]): void {
    if (this.#awaited.nothing) return;
    for (const { value, headers } of messages) {
      const outcome = value === null ? undefined : recordedOutcome(value, headers);
      if (outcome !== undefined) this.#awaited.recorded(outcome);
    }
  }

  /** What the ledger put into quarantine. */
  refused(messages: readonly RawMessage[]): void {
    if (this.#awaited.nothing) return;
    for (const { value, headers } of messages) {
      const outcome = value === null ? undefined : refusedOutcome(headers);
      if (value !== null && outcome !== undefined) this.#awaited.refused(uploadHash(value), outcome);
    }
  }
}
