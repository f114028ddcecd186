// What a statement says about whether the parcel was closed, and in which hands it was when.

import type { SealSeen } from '../chain-state.js';
import type { ExposureWindow } from './exposure-report.js';
import type { Moment } from './tale.js';

/** Seals as this statement saw them; who puts one on sees it intact. */
export function sealsSeen({ token: { claims } }: Moment): Readonly<Record<string, SealSeen | 'unobserved'>> {
  if (claims.evt === 'sealed') return Object.fromEntries(Object.keys(claims.seals).map((id) => [id, 'intact']));
  return 'seals' in claims && claims.seals !== undefined ? claims.seals : {};
}

/** Seals that were intact as far as was known, and differ now. */
export const sealsChanged = (moment: Moment): readonly string[] =>
  Object.entries(sealsSeen(moment)).flatMap(([id, state]) =>
    state !== 'intact' && state !== 'unobserved' && moment.before.seals[id] === 'intact' ? [id] : [],
  );

export function saysOpened({ token: { claims } }: Moment): boolean {
  switch (claims.evt) {
    case 'accepted':
      return claims.cond === 'opened';
    case 'confirmed':
      return !claims.unopened;
    case 'reported':
      return claims.what === 'opened';
    case 'found':
      return claims.opened === 'yes';
    default:
      return false;
  }
}

/** Says that it was closed: every one of these seals was seen intact; of a parcel without seals, that it was in good order. */
export function saysClosed(moment: Moment, seals: readonly string[]): boolean {
  const { claims } = moment.token;
  if (saysOpened(moment) || sealsChanged(moment).length > 0) return false;
  const seen = sealsSeen(moment);
  if (seals.length > 0) return seals.every((id) => seen[id] === 'intact');
  return claims.evt === 'registered' || claims.evt === 'sealed' || (claims.evt === 'accepted' && claims.cond === 'ok');
}

/** Who held it from `from` to `to` (seconds; null: until now), by the acceptances of the line. */
export function handsBetween(moments: readonly Moment[], from: number, to: number | null): ExposureWindow['hands'] {
  const taken = moments.filter(
    ({ place, before, after, token }) =>
      place === 'line' && (after.holder !== before.holder || token.claims.evt === 'registered'),
  );
  return taken.flatMap(({ after, said }, at) => {
    const next = taken[at + 1]?.said.at ?? null;
    const begins = Math.max(said.at, from);
    const ends = next === null || (to !== null && to < next) ? to : next;
    const touches =
      (to === null || begins < to || begins === from) && (ends === null || ends > begins || next === null);
    // By clocks that run wrong it may have ended before it began.
    return touches ? [{ party: after.holder, from: begins, to: ends === null ? null : Math.max(begins, ends) }] : [];
  });
}
