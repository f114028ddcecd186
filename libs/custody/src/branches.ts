// What the branches of a fork leave to the line they part from (docs/protocol, section 4, rule 4).

import type { PartyId } from '@unbroken/tokens';
import type { Delivered, Line } from './chain-state.js';
import { earlier } from './step.js';

/**
 * While nobody has settled it: what happened on any branch and is true whichever is: who took part, what was answered,
 * confirmed, arrived when.
 */
export function whatever(ends: readonly Line[], at: Line): Partial<Line> {
  const earliest = (times: readonly (number | null | undefined)[]) =>
    times.reduce<number | null>((first, time) => (time == null ? first : Math.min(first ?? time, time)), null);
  return {
    parties: everybody(ends, at),
    left: ends.some(({ left }) => left),
    arrived: earliest(ends.map(({ arrived }) => arrived)),
    confirmed: earliest(ends.map(({ confirmed }) => confirmed)),
    delivered: delivery(ends),
    releases: at.releases.map((release) => ({
      ...release,
      answered: earliest(ends.map(({ releases }) => releases.find(({ tid }) => tid === release.tid)?.answered)),
    })),
  };
}

/** Once it is settled: who took part in the other branches still did, and what another system said was said. */
export const kept = (others: readonly Line[], at: Line): Partial<Line> => ({
  parties: everybody(others, at),
  delivered: delivery([at, ...others]),
});

function everybody(ends: readonly Line[], at: Line): readonly PartyId[] {
  const joined = ends.flatMap(({ parties }) => parties).filter((party) => !at.parties.includes(party));
  return [...at.parties, ...[...new Set(joined)].sort()];
}

const delivery = (ends: readonly Line[]): Delivered | null =>
  ends.flatMap(({ delivered }) => delivered ?? []).reduce<Delivered | null>(earlier, null);
