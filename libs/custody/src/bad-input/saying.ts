// A statement that is changed in something it says, and what must become of it.

import type { FindingCode } from '../finding.js';
import type { BadCase } from './bad-case.js';
import type { Book } from './book.js';
import { signedBy } from './cast.js';
import type { Claims, Hand } from './cast.js';
import { recorded } from './outcome.js';
import type { Outcome } from './outcome.js';
import type { Position } from './positions.js';

/** Of the form of a token id, a key id or a commitment, and none that is known. */
export const NOWHERE = 'n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg';
export const GAP = recorded('chain.gap');
export const PLACELESS = recorded('token.malformed');

export interface Saying {
  readonly subject: string;
  readonly wrong: string;
  readonly change: Claims;
  readonly expected: Outcome;
  readonly because?: string;
  readonly by?: Hand;
  readonly book?: Book;
}

export const cased = (evt: string, position: Position, sayings: readonly Saying[]): Promise<readonly BadCase[]> =>
  Promise.all(
    sayings.map(async ({ change, by = position.by, book = position.book, ...rest }) => ({
      evt,
      ...rest,
      token: await signedBy(by, JSON.stringify({ ...position.good, ...change })),
      arrival: { recordedAt: (position.now + 60) * 1000 },
      position: { ...position, book },
    })),
  );

export const says = (subject: string, wrong: string, change: Claims, ...codes: readonly FindingCode[]): Saying => ({
  subject,
  wrong,
  change,
  expected: recorded(...codes),
});

/** Nothing is found: `because` is the rule. */
export const allowed = (subject: string, wrong: string, change: Claims, because: string): Saying => ({
  ...says(subject, wrong, change),
  because,
});

export const past = (position: Position): number => position.now - 86_400;
export const NOT_YET = 'whoever it is may become a party later';
