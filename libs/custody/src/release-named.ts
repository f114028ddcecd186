// Which release an acceptance or a refusal answers (docs/protocol, section 4, rule 2).

import type { Line, Release } from './chain-state.js';
import type { RecordedToken } from './recorded.js';

/**
 * The release named by `rel`; where absent, by `prev`, else the open offer. Null where that is no unaccepted release by
 * the present holder: then the token moves nothing. A withdrawn or lapsed release still counts: two signatures
 * outweigh a clock.
 */
export function releaseNamed(line: Line, { claims }: RecordedToken): Release | null {
  const named = (tid: string | undefined) => line.releases.find((release) => release.tid === tid);
  const rel = 'rel' in claims ? claims.rel : undefined;
  const prev = 'prev' in claims ? claims.prev : undefined;
  if (rel === undefined && prev !== undefined && line.strays.includes(prev)) return null;
  const release = rel === undefined ? (named(prev) ?? named(line.offer?.tid)) : named(rel);
  return release !== undefined && !release.accepted && release.from === line.holder ? release : null;
}
