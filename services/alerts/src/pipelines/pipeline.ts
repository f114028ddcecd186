// A party's pipeline: everything between its devices and the record. It is alive when something of it was recorded, or when
// its agent said so (docs/protocol, section 5: absence of news proves nothing while it is not).

import type { PartyId } from '@unbroken/tokens';

/** A pipeline of which nothing is heard for so long, while something of it is waited for, has fallen silent. */
export const LONGEST_SILENCE_SECONDS = 60 * 60;

/** How long one that is back may take to bring what was held up. */
export const CATCHING_UP_SECONDS = 60 * 60;

/** `party` was heard of at `at`, in seconds since the epoch. */
export interface SignOfLife {
  readonly party: PartyId;
  readonly at: number;
}

/** The newest of each party. */
export function newestSigns(signs: readonly SignOfLife[]): readonly SignOfLife[] {
  const newest = new Map<PartyId, number>();
  for (const { party, at } of signs) newest.set(party, Math.max(at, newest.get(party) ?? 0));
  return [...newest].map(([party, at]) => ({ party, at }));
}
