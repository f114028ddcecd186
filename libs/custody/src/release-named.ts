// Which release an acceptance or a refusal answers (docs/protocol, section 4, rule 2).

import type { TokenId } from '@unbroken/tokens';
import type { Line, Release } from './chain-state.js';
import type { RecordedToken } from './recorded.js';

/**
 * The release named by `rel`; where absent, by `prev`, else the open offer. Null where that is no unaccepted release by
 * the present holder: then the token moves nothing. A withdrawn or lapsed release still counts: two signatures
 * outweigh a clock.
 */
export function releaseNamed(line: Line, { claims }: RecordedToken): Release | null {
  const rel = 'rel' in claims ? claims.rel : undefined;
  const prev = 'prev' in claims ? claims.prev : undefined;
  if (rel === undefined && prev !== undefined && line.strays.includes(prev)) return null;
  const release =
    rel === undefined ? (releaseOf(line, prev) ?? releaseOf(line, line.offer?.tid)) : releaseOf(line, rel);
  return release !== undefined && !release.accepted && release.from === line.holder ? release : null;
}

/** The release that a token of this id made on the line. */
export function releaseOf({ releases }: Line, tid: TokenId | undefined): Release | undefined {
  for (const release of releases) if (release.tid === tid) return release;
  return undefined;
}
