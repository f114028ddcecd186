// Party names, never ids, when they are known.

/** A party id as people know it; the id itself where nobody knows a name, "nobody" for none. */
export type NameOf = (party: string | null | undefined) => string;

/**
 * What turns the direction of text around (Unicode, UAX #9). In a sentence it would turn what follows the name too; a
 * name in any script reads right without.
 */
const TURNS = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;

/** A name that changes nothing in the sentence around it. */
export const tame = (name: string): string => name.replace(TURNS, '');

/** Names by whatever knows them; `known` answers undefined for a party it has never heard of. */
export const naming =
  (known: (party: string) => string | undefined): NameOf =>
  (party) =>
    party === null || party === undefined ? 'nobody' : tame(known(party) ?? party);

/**
 * Names that keep their direction to themselves (UAX #9, 2.4), for text that is shown as it is: one that runs to the left
 * turns nothing that stands beside it.
 */
export const isolated =
  (name: NameOf): NameOf =>
  (party) =>
    `\u2068${name(party)}\u2069`;
