// How every seal was last seen, and by whom.

import type { ShownSeal } from '@unbroken/contracts';
import { isMalformed, isOfTheChain } from '@unbroken/custody';
import type { ChainState, Recorded } from '@unbroken/custody';
import type { Names } from '../chains/names.js';
import { rfc3339 } from '../chains/shown-row.js';
import type { Followed } from './follow-line.js';

/** Seal id → what was said of it; `unobserved` is nothing. Whoever puts a seal on sees it intact. */
export function sealsSaid(recorded: Recorded): Readonly<Record<string, string>> {
  if (isMalformed(recorded)) return {};
  const { claims } = recorded;
  if (!('seals' in claims) || claims.seals === undefined) return {};
  if (claims.evt !== 'sealed') return claims.seals;
  return Object.fromEntries(Object.keys(claims.seals).map((id) => [id, 'intact']));
}

export function sealsSeen({ seals }: ChainState, followed: readonly Followed[], names: Names): ShownSeal[] {
  const looks = followed
    .filter(({ place }) => isOfTheChain(place))
    .map(({ token }) => ({ token, said: sealsSaid(token) }));
  return Object.entries(seals).map(([id, state]) => {
    const look = looks.findLast(({ said }) => Object.hasOwn(said, id) && said[id] !== 'unobserved');
    const claims = look === undefined || isMalformed(look.token) ? undefined : look.token.claims;
    return {
      id,
      state,
      by: names.named(claims?.iss ?? null),
      at: claims === undefined ? null : rfc3339((claims.when ?? claims.iat) * 1000),
    };
  });
}
