// The shape of one test vector, as it is also published.
import type { PartyId, TokenId } from '../ids.js';
import type { PublicJwk } from '../public-jwk.js';
import type { RefusalCode } from '../token-refused.js';

/**
 * A token and what becomes of it. Read it alone where there is no `key`; with one, also verify it with that party's key.
 * A refused one has the one fault its code names, and is otherwise truly signed.
 */
export type EnvelopeVector = {
  readonly name: string;
  readonly token: string;
  readonly key?: { readonly party: PartyId; readonly jwk: PublicJwk };
  readonly expect: { readonly tid: TokenId } | { readonly refused: RefusalCode };
};

/** A refused token before its key, if any, is added. */
export const refusedAs = (refused: RefusalCode, name: string, token: string): EnvelopeVector => ({
  name,
  token,
  expect: { refused },
});
