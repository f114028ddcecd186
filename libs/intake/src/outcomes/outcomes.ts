// What became of the tokens that requests wait for. One for each process, shared by its services.

import type { OnModuleDestroy } from '@nestjs/common';
import type { TokenOutcome } from '@unbroken/contracts';
import { toldBeside } from '@unbroken/platform';
import type { Clock, RawMessage } from '@unbroken/platform';
import type { WellFormed } from '../check-form.js';
import { uploadHash } from '../check-form.js';
import { Awaited } from './awaited.js';
import type { Until } from './awaited.js';
import { HeardLogs } from './heard-logs.js';
import { recordedOutcome, refusedOutcome } from './read-outcome.js';

/** By the hash of the bytes that were posted. */
export type KnownOutcomes = ReadonlyMap<string, TokenOutcome>;

export class Outcomes implements OnModuleDestroy {
  readonly #awaited = new Awaited();
  readonly #logs = new HeardLogs(this.#awaited);
  readonly #ending = new AbortController();
  #waiting = 0;

  constructor(private readonly clock: Clock) {}

  /** Whoever still waits is answered with what is known, or the process could not end before they are. */
  onModuleDestroy(): void {
    this.#ending.abort();
  }

  /** Whether a request waits for an answer now. */
  get somebodyWaits(): boolean {
    return this.#waiting > 0;
  }

  /** Looks out for these tokens from now on; call it before they are kept, or the answer may come before the question. */
  expect(tokens: readonly WellFormed[]): void {
    this.#awaited.expect(tokens, this.clock.now());
  }

  /**
   * What became of them, by the hash of their bytes, once all is known or `seconds` have passed; those that nothing is
   * known of are left out. `until` their receipts are there too, or only known. Ends early when `gone` says that nobody
   * listens any more.
   */
  async of(
    tokens: readonly WellFormed[],
    { until, seconds, gone }: { readonly until: Until; readonly seconds: number; readonly gone: AbortSignal },
  ): Promise<KnownOutcomes> {
    const signal = AbortSignal.any([gone, this.#ending.signal]);
    this.#waiting += 1;
    await this.#awaited.settle(tokens, { until, milliseconds: seconds * 1000, signal });
    this.#waiting -= 1;
    return new Map(
      tokens.flatMap((token) => {
        const outcome = this.#awaited.outcomeOf(token);
        return outcome === undefined ? [] : [[token.hash, outcome] as const];
      }),
    );
  }

  /** Entries of a log. While nobody waits they are not even read, only held until a checkpoint covers them. */
  async recorded(messages: readonly RawMessage[]): Promise<void> {
    for (const message of messages) {
      const { origin, index } = toldBeside(message);
      if (origin !== undefined && index !== undefined) this.#logs.entry(origin, Number(index), message);
      const outcome = this.#awaited.nothing ? undefined : recordedOutcome(message);
      if (outcome !== undefined) this.#awaited.recorded(outcome);
    }
    await this.#logs.settle();
  }

  /** What the logs have signed. */
  async checkpoints(messages: readonly RawMessage[]): Promise<void> {
    for (const { value } of messages) if (value !== null) this.#logs.checkpoint(value.toString());
    await this.#logs.settle();
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
