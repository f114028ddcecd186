// What the groups of chains are called, worst first.

import type { ChainGroup } from '@unbroken/contracts';

interface GroupWords {
  /** Behind a number: "3 in wrong hands". */
  readonly counted: string;
  readonly word: string;
}

export const groupWords: Readonly<Record<ChainGroup, GroupWords>> = {
  'wrong-hands': { counted: 'in wrong hands', word: 'In wrong hands' },
  lost: { counted: 'lost', word: 'Lost' },
  breach: { counted: 'to assess as a breach', word: 'Breach to assess' },
  disputed: { counted: 'disputed', word: 'Disputed' },
  late: { counted: 'late', word: 'Late' },
  'to-look-at': { counted: 'to look at', word: 'To look at' },
  'on-the-way': { counted: 'on their way', word: 'On its way' },
  closed: { counted: 'closed', word: 'Closed' },
};
