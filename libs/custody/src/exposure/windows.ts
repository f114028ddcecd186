// Each way in which somebody may have come by the contents, as windows of time: from the last statement by which all was in
// order to the first by which it was again.

import { handsBetween, saysClosed, saysOpened, sealsChanged, sealsSeen } from './closed-and-open.js';
import type { ExposureWindow } from './exposure-report.js';
import { isOfTheChain } from '../place.js';
import type { Moment } from './tale.js';

type Bounds = Pick<ExposureWindow, 'kind'> & {
  readonly from: Moment | undefined;
  readonly seen: Moment;
  readonly to: Moment | undefined;
  readonly hands?: ExposureWindow['hands'];
};

const isAstray = ({ holder, responsible }: Moment['after']): boolean => holder !== responsible;

/** Held by another than the party that answers for it. */
export function wrongHands(moments: readonly Moment[]): ExposureWindow[] {
  const windows: Bounds[] = [];
  let open: Bounds | undefined;
  for (const moment of moments.filter(({ place }) => place === 'line')) {
    const [was, is] = [isAstray(moment.before), isAstray(moment.after)];
    if (was && !is && open !== undefined) {
      windows.push({ ...open, to: moment });
      open = undefined;
    }
    if (was || !is) continue;
    // In another branch of a fork: nobody knows how the first ended.
    if (open !== undefined) windows.push(open);
    open = { kind: 'wrong-hands', from: lineBefore(moments, moment), seen: moment, to: undefined };
  }
  if (open !== undefined) windows.push(open);
  return windows.map((bounds) => windowOf(moments, bounds));
}

/**
 * Said to be open, or with a seal that differs: from when it was last seen closed until it is sealed anew or confirmed. That
 * it was open anybody is believed; that it was closed, only who had it in hand.
 */
export function openings(moments: readonly Moment[]): ExposureWindow[] {
  const windows: Bounds[] = [];
  let open: Bounds | undefined;
  for (const moment of moments) {
    const changed = sealsChanged(moment);
    if (open === undefined && (changed.length > 0 || saysOpened(moment))) {
      const seals = changed.length > 0 ? changed : Object.keys(moment.before.seals);
      const from = before(moments, moment).findLast(
        (earlier) => isOfTheChain(earlier.place) && saysClosed(earlier, seals),
      );
      open = { kind: 'opened', from, seen: moment, to: undefined };
    }
    const { evt } = moment.token.claims;
    const ends = moment.place === 'line' && (evt === 'sealed' || evt === 'confirmed' || evt === 'destroyed');
    if (open === undefined || !ends) continue;
    windows.push({ ...open, to: moment });
    open = undefined;
  }
  if (open !== undefined) windows.push(open);
  return windows.map((bounds) => windowOf(moments, bounds));
}

/** What moves nothing and says all the same that somebody else has it: an acceptance of nothing, a finder, a loss. */
export function saidElsewhere(moments: readonly Moment[]): ExposureWindow[] {
  const windows = moments.flatMap((seen): Bounds[] => {
    const kind = elsewhere(seen);
    if (kind === undefined) return [];
    const to = moments
      .slice(moments.indexOf(seen) + 1)
      .find(({ place, after, said }) => place === 'line' && after.moves > seen.after.moves && said.at >= seen.said.at);
    const who = kind === 'claimed' ? seen.said.by : null;
    const hands = kind === 'lost' ? undefined : [{ party: who, from: seen.said.at, to: to?.said.at ?? null }];
    return [{ kind, from: lineBefore(moments, seen), seen, to, ...(hands && { hands }) }];
  });
  // Anybody can tell the finder desk anything, any number of times.
  const first = new Map(
    windows.map((bounds) => [`${bounds.kind} ${bounds.from?.said.tid ?? ''}`, bounds]).reverse() as [string, Bounds][],
  );
  return [...first.values()].map((bounds) => windowOf(moments, bounds));
}

function elsewhere({ token: { claims }, place, before, after }: Moment): 'claimed' | 'finder' | 'lost' | undefined {
  if (claims.evt === 'accepted' && place === 'wrong-hands' && claims.iss !== before.holder) return 'claimed';
  if (claims.evt === 'found' && !claims.mine) return 'finder';
  return after.lost.length > before.lost.length ? 'lost' : undefined;
}

/** Another system says "delivered", and the consignee has not been heard of. */
export function unconfirmed(moments: readonly Moment[]): ExposureWindow[] {
  const last = moments.findLast(({ place }) => place === 'line')?.after;
  const now = moments.at(-1)?.after;
  const tid = now?.delivered?.tid;
  const seen = moments.find(({ said }) => said.tid === tid);
  if (seen === undefined || last === undefined || last.arrived !== null || last.ended !== null) return [];
  return [windowOf(moments, { kind: 'unconfirmed', from: lineBefore(moments, seen), seen, to: undefined })];
}

const before = (moments: readonly Moment[], moment: Moment): readonly Moment[] =>
  moments.slice(0, moments.indexOf(moment));

/** What it follows in the line; else the newest before it. */
function lineBefore(moments: readonly Moment[], moment: Moment): Moment | undefined {
  const { claims } = moment.token;
  const earlier = before(moments, moment).filter(({ place }) => place === 'line');
  return earlier.find(({ said }) => 'prev' in claims && said.tid === claims.prev) ?? earlier.at(-1);
}

function windowOf(moments: readonly Moment[], { kind, from, seen, to, hands }: Bounds): ExposureWindow {
  const last = to === undefined ? moments.length : moments.indexOf(to) + 1;
  const within = moments.slice(moments.indexOf(seen), last);
  return {
    kind,
    from: from?.said ?? null,
    seen: seen.said,
    to: to?.said ?? null,
    hands: hands ?? handsBetween(moments, { begins: from ?? seen, seen, to }),
    custodian: seen.before.responsible,
    sealsBefore: { ...seen.before.seals },
    sealsAfter: { ...(within.at(-1) ?? seen).after.seals },
    opened: openedWithin(within),
  };
}

function openedWithin(within: readonly Moment[]): ExposureWindow['opened'] {
  if (within.some(saysOpened)) return 'said';
  if (within.some((moment) => sealsChanged(moment).length > 0)) return 'seals';
  const last = within.at(-1);
  const seals = Object.keys(last?.before.seals ?? {});
  const seen = last === undefined ? {} : sealsSeen(last);
  return seals.length > 0 && seals.every((id) => seen[id] === 'intact') ? 'seals-intact' : 'unknown';
}
