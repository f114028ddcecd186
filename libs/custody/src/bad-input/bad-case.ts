// One thing that is wrong with a token, and what must become of it by the rules, whatever the code does.

import type { Arrival } from './book.js';
import type { Outcome } from './outcome.js';
import type { Position } from './positions.js';

export interface BadCase {
  readonly evt: string;
  /** The claim, or what else is wrong: who signed, when, in which place. */
  readonly subject: string;
  /** In words that go on after the subject. */
  readonly wrong: string;
  readonly token: string;
  readonly arrival: Arrival;
  readonly position: Position;
  readonly expected: Outcome;
  /** Why nothing is found, where that is so: the rule. */
  readonly because?: string;
}
