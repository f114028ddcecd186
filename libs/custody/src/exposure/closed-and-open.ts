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

/**
 * Who held it from one moment to another (undefined: until now), by the acceptances of the line. In the order of the line:
 * clocks run wrong and statements share a second, and who held it for no time at all held it. In a fork, only the branch
 * in which `seen` stands. Times in seconds, never before the beginning.
 */
export function handsBetween(
  moments: readonly Moment[],
  { begins, seen, to }: { readonly begins: Moment; readonly seen: Moment; readonly to: Moment | undefined },
): ExposureWindow['hands'] {
  const within = moments.slice(moments.indexOf(begins) + 1, to === undefined ? moments.length : moments.indexOf(to));
  const inLine = branchOf(moments, seen);
  const taken = within.filter(
    (moment) => moment.place === 'line' && moment.after.holder !== moment.before.holder && inLine(moment),
  );
  const earliest = begins.said.at;
  return [begins, ...taken].map(({ after, said }, at) => {
    const next = (taken[at] ?? to)?.said.at ?? null;
    const from = Math.max(said.at, earliest);
    // By clocks that run wrong it ended before it began.
    return { party: after.holder, from, to: next === null ? null : Math.max(from, next) };
  });
}

/** Does it come before `seen` or after it, rather than in another branch of a fork? */
function branchOf(moments: readonly Moment[], seen: Moment): (moment: Moment) => boolean {
  const byTid = new Map<string, Moment>(moments.map((moment) => [moment.said.tid, moment]));
  const follows = ({ token: { claims } }: Moment) => ('prev' in claims ? byTid.get(claims.prev) : undefined);
  const before = new Set<Moment>();
  for (let moment: Moment | undefined = seen; moment !== undefined; moment = follows(moment)) before.add(moment);
  // What is beside the line, as a remark is, is followed by nothing: the line goes on from where it hangs.
  const after = new Set([...before].filter(({ place }) => place === 'line').slice(0, 1));
  for (const moment of moments) {
    const followed = follows(moment);
    if (followed !== undefined && after.has(followed)) after.add(moment);
  }
  return (moment) => before.has(moment) || after.has(moment);
}
