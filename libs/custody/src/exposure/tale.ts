// A chain as a list of moments in the order of its line: what was said, and how the line stood before and after.

import type { TokenId } from '@unbroken/tokens';
import type { Line } from '../chain-state.js';
import { isOfTheChain } from '../place.js';
import type { Place } from '../place.js';
import { isMalformed } from '../recorded.js';
import type { Recorded, RecordedToken } from '../recorded.js';
import { happened } from '../route.js';
import { step } from '../step.js';
import { walk } from '../walk.js';
import type { ExposureStatement } from './exposure-report.js';

export interface Moment {
  readonly token: RecordedToken;
  readonly place: Place;
  readonly before: Line;
  readonly after: Line;
  readonly said: ExposureStatement;
}

/** Moments with a place, each once; and how many statements have none. Of a fork the branches one after the other. */
export function taleOf(history: readonly Recorded[]): { readonly moments: readonly Moment[]; readonly unread: number } {
  const moments: Moment[] = [];
  const placed = new Set<TokenId>();
  let unread = 0;
  walk(history, ({ token, place, line }) => {
    if (isMalformed(token) || place === 'malformed' || place === 'gap' || place === 'waiting' || place === 'revoked') {
      unread += 1;
      return;
    }
    if (placed.has(token.tid)) return;
    placed.add(token.tid);
    const after = isOfTheChain(place) ? step(line, token) : line;
    moments.push({ token, place, before: line, after, said: statementOf(token) });
  });
  return { moments, unread };
}

const statementOf = (token: RecordedToken): ExposureStatement => ({
  tid: token.tid,
  evt: token.claims.evt,
  by: token.claims.iss,
  at: happened(token),
  recordedAt: token.recordedAt,
  grade: token.standing.use,
});
