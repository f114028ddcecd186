// The query parameters that lists of shipments share.

import { Problem, jsonPointer } from '@unbroken/platform';
import { isPartyId } from '@unbroken/tokens';
import type { PartyId } from '@unbroken/tokens';

export type Query = Readonly<Record<string, unknown>>;

/** A wrong query parameter: 400. */
export const queryProblem = (name: string, detail: string, cure: string): Problem =>
  new Problem({
    status: 400,
    code: 'query.form',
    title: 'The query cannot be read',
    detail,
    pointer: jsonPointer([name]),
    cure,
  });

/** Refuses parameters nobody reads, so that a misspelt one is not taken for none. */
export function onlyKnown(query: Query, known: readonly string[]): void {
  for (const name of Object.keys(query))
    if (!known.includes(name)) throw queryProblem(name, `${name} is not known here.`, `Use ${known.join(', ')}.`);
}

/** The party whose shipments are asked for. */
export function partyOf(query: Query): PartyId {
  const { party } = query;
  if (isPartyId(party)) return party;
  throw queryProblem('party', 'party is missing or not a party id.', 'Add ?party= and the id of the party.');
}

/** Where the page before ended, as its answer gave it. */
export function cursorOf(query: Query, name: string): { readonly cursor?: string } {
  const cursor = query[name];
  if (cursor === undefined) return {};
  if (typeof cursor === 'string' && /^\d{1,18}$/.test(cursor)) return { cursor };
  throw queryProblem(name, `${name} is not a cursor.`, 'Pass on the cursor of the page before, or leave it out.');
}
