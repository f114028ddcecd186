// The exposure report of a chain (docs/protocol, section 10): from when to when, in whose hands, sealed or not. Pure; what
// nobody can know from a chain, that no copy was made, it never says.

import type { ChainState } from '../chain-state.js';
import { exposureKinds } from './exposure-report.js';
import type { ExposureReport, ExposureWindow } from './exposure-report.js';
import { taleOf } from './tale.js';
import type { Moment } from './tale.js';
import { openings, saidElsewhere, unconfirmed, wrongHands } from './windows.js';

/** `now` in seconds: the time the report names. The same for every order in which the statements were recorded. */
export function exposureOf(state: ChainState, now: number): ExposureReport {
  const { moments, unread } = taleOf(state.history);
  const windows = [wrongHands, openings, saidElsewhere, unconfirmed].flatMap((find) => find(moments));
  return {
    format: 'custody-exposure/1',
    sub: state.sub,
    asOf: now,
    status: state.status,
    parties: [...state.parties],
    contents: contentsOf(moments),
    windows: windows.toSorted(bySeen),
    unread,
  };
}

/** What one statement shows in several ways: in the order of the kinds. */
const bySeen = (a: ExposureWindow, b: ExposureWindow): number =>
  a.seen.at - b.seen.at ||
  (a.seen.tid === b.seen.tid
    ? exposureKinds.indexOf(a.kind) - exposureKinds.indexOf(b.kind)
    : a.seen.tid < b.seen.tid
      ? -1
      : 1);

function contentsOf(moments: readonly Moment[]): ExposureReport['contents'] {
  const claims = moments.find(({ place }) => place === 'line')?.token.claims;
  if (claims?.evt !== 'registered') return null;
  const released = moments.filter(({ token, place }) => token.claims.evt === 'key-released' && place === 'remark');
  return {
    class: claims.class,
    kind: claims.kind,
    how: claims.enc.how,
    pieces: claims.pieces,
    commitment: claims.contents,
    keyReleased: released.length === 0 ? null : Math.min(...released.map(({ said }) => said.at)),
  };
}
