// Party names, never ids, when they are known.

/** A party id as people know it; the id itself where nobody knows a name, "nobody" for none. */
export type NameOf = (party: string | null | undefined) => string;

/** Names by whatever knows them; `known` answers undefined for a party it has never heard of. */
export const naming =
  (known: (party: string) => string | undefined): NameOf =>
  (party) =>
    party === null || party === undefined ? 'nobody' : (known(party) ?? party);
