// A service may hold back what its own users post, before it is kept: the sender's dispatch rules. A gate guards one
// door only; what comes by another way is recorded and judged.

import type { EntityManager } from 'typeorm';
import type { Problem } from '@unbroken/platform';
import type { WellFormed } from './check-form.js';

export interface IntakeGate {
  /**
   * Which of these tokens must not pass, and why. They stand in the order of the upload, so that an earlier one may
   * be what lets a later one pass.
   */
  refusals(tokens: readonly WellFormed[]): Promise<ReadonlyMap<WellFormed, Problem>>;
  /** Told of the tokens that are new, in the transaction that keeps them. */
  kept(manager: EntityManager, tokens: readonly WellFormed[]): Promise<void>;
  /** Whatever it remembers of tokens kept before that time may go. */
  forget(before: Date): Promise<void>;
}
