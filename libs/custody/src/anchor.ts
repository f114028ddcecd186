// Which tokens of a chain can have a place at all: everything they refer to must be recorded and well-formed
// (docs/protocol, section 4, rules 5 and 10). Independent of the order of recording.

import { shipmentId } from '@unbroken/tokens';
import type { TokenId } from '@unbroken/tokens';
import { isMalformed } from './recorded.js';
import type { Recorded, RecordedToken } from './recorded.js';

export type Anchor = 'anchored' | 'malformed' | 'gap' | 'waiting';

/** The tokens a token follows: it cannot be placed before they are. */
const followed = ({ claims }: RecordedToken): readonly TokenId[] => [
  ...('prev' in claims ? [claims.prev] : []),
  ...('rel' in claims && claims.rel !== undefined ? [claims.rel] : []),
];

/** Everything a token refers to. What a remark speaks of need only be recorded: a malformed token can be corrected. */
export const references = (token: RecordedToken): readonly TokenId[] =>
  'of' in token.claims ? [...followed(token), token.claims.of] : followed(token);

/** The tokens of a chain by their ids. */
export type Said = ReadonlyMap<TokenId, Recorded>;

/** Sorts a chain's tokens into anchored ones, malformed ones, gaps, and those that wait for a gap to close. */
export function anchors(history: readonly Recorded[], byTid: Said): ReadonlyMap<TokenId, Anchor> {
  const anchor = new Map<TokenId, Anchor>();
  const open = new Map<TokenId, number>();
  const dependents = new Map<TokenId, RecordedToken[]>();
  const ready: RecordedToken[] = [];

  for (const recorded of history) {
    if (isMalformed(recorded)) {
      anchor.set(recorded.tid, 'malformed');
      continue;
    }
    if (!references(recorded).every((tid) => byTid.has(tid))) {
      anchor.set(recorded.tid, 'gap');
      continue;
    }
    const needed = followed(recorded);
    anchor.set(recorded.tid, 'waiting');
    open.set(recorded.tid, needed.length);
    if (needed.length === 0) ready.push(recorded);
    for (const tid of needed) dependents.set(tid, [...(dependents.get(tid) ?? []), recorded]);
  }

  for (let token = ready.pop(); token !== undefined; token = ready.pop()) {
    if (isMalformedInContext(token, byTid)) {
      anchor.set(token.tid, 'malformed');
      continue;
    }
    anchor.set(token.tid, 'anchored');
    for (const dependent of dependents.get(token.tid) ?? []) {
      const left = (open.get(dependent.tid) ?? 0) - 1;
      open.set(dependent.tid, left);
      if (left === 0) ready.push(dependent);
    }
  }
  return anchor;
}

/** Wrong `seq`, `prev` naming a remark, or a `sub` not derived from its own `registered` (rule 10). */
export function isMalformedInContext({ claims }: RecordedToken, byTid: Said): boolean {
  if (claims.evt === 'registered') return claims.seq !== 0 || claims.sub !== shipmentId(claims.iss, claims.jti);
  const prev = byTid.get(claims.prev);
  if (prev === undefined || isMalformed(prev)) return true;
  if (!('seq' in prev.claims)) return true;
  return 'seq' in claims && claims.seq !== prev.claims.seq + 1;
}
