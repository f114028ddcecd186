// Where a token stands in its chain (docs/protocol, section 4).

import type { Line } from './chain-state.js';
import { wrongHands } from './hands.js';
import type { Recorded, RecordedToken } from './recorded.js';
import { releaseNamed } from './release-named.js';

/**
 * `line` and `remark` have their effect; all others move nothing: signed by the wrong hands, after closing, with a
 * revoked key, a second opening, malformed, or waiting for what it refers to (a `gap` where that is not recorded).
 */
export type Place =
  'line' | 'remark' | 'wrong-hands' | 'closed' | 'revoked' | 'twice' | 'malformed' | 'gap' | 'waiting';

/** Said in its turn by who may; all else is said beside the chain and moves nothing. */
export const isOfTheChain = (place: Place): boolean => place === 'line' || place === 'remark';

/** A token with the line as it stood for it; `rival` where it opens a later branch of a fork. */
export interface Placed {
  readonly token: Recorded;
  readonly place: Place;
  readonly line: Line;
  readonly rival: boolean;
  /** The token that it names by `of`. */
  readonly about?: Recorded | undefined;
}

export type LineToken = RecordedToken & { readonly claims: { readonly seq: number } };

export const isLineToken = (token: RecordedToken): token is LineToken => 'seq' in token.claims;

/** After `confirmed` only `opened`, `destroyed` and remarks follow; after `destroyed` and `voided` no line token (rule 11). */
const isAfterClosing = (line: Line, { claims }: RecordedToken): boolean =>
  line.ended === 'confirmed' ? claims.evt !== 'opened' && claims.evt !== 'destroyed' : line.ended !== null;

/** What the rest of the chain says about a token, where the line it would follow does not tell. */
export interface Beside {
  /** A valid key of its party has witnessed it (rule 9). */
  readonly witnessed?: boolean;
  /** The token that it names by `of`. */
  readonly about?: Recorded | undefined;
}

/** The place of a token whose references are all there, given the line it would follow (rules 1, 9 and 11). */
export function placeOf(line: Line, token: RecordedToken, { witnessed = false, about }: Beside = {}): Place {
  if (token.standing.key === 'revoked' && !witnessed) return 'revoked';
  if (!isLineToken(token)) return wrongHands(line, token, about) === null ? 'remark' : 'wrong-hands';
  if (isAfterClosing(line, token)) return 'closed';
  return wrongHands(line, token) === null && !takesNothing(line, token) ? 'line' : 'wrong-hands';
}

/** An acceptance that names no release: it moves nothing, so it neither forks the line nor hides what follows. */
const takesNothing = (line: Line, token: RecordedToken): boolean =>
  token.claims.evt === 'accepted' && releaseNamed(line, token) === null;

/** Has it been followed to, and its key been heard? A token of a revoked key has only where somebody witnessed it. */
export const hasPlace = ({ place }: Placed): boolean =>
  place !== 'revoked' && place !== 'malformed' && place !== 'gap' && place !== 'waiting';
