// Custody offered to, or taken by, somebody the shipment was not meant to pass through.

import type { PartyId } from '@unbroken/tokens';
import type { Line } from '../chain-state.js';
import type { RecordedToken } from '../recorded.js';
import { releaseNamed } from '../release-named.js';
import { onRoute, routeAt } from '../route.js';
import { isWrongParty } from '../step.js';
import { inContext, when } from './judged.js';
import type { Judge } from './judged.js';

export const judgeRoute: Judge = (judged) => {
  const { token, line } = judged;
  const { claims } = token;
  if (!inContext(judged)) return [];
  if (claims.evt === 'released') {
    return when({ 'misdelivery.off-route': claims.to !== claims.iss && isOffRoute(line, token, claims.to) });
  }
  if (claims.evt !== 'accepted') return [];
  const release = releaseNamed(line, token);
  return when({
    'handoff.without-release': release === null || line.offer === null,
    'misdelivery.wrong-party': isWrongParty(line, token, release),
    'misdelivery.off-route': claims.iss !== line.holder && isOffRoute(line, token, claims.iss),
  });
};

/** Going back to the sender without `redirected` is off the route as well. */
const isOffRoute = (line: Line, token: RecordedToken, party: PartyId): boolean =>
  onRoute(token, routeAt(line, token.claims.iat), party).length === 0;
