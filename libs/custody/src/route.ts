// The route a shipment may take, as it stood for one token: consignee, couriers, redirects and mandates
// (docs/protocol, section 4, rules 3 and 7).

import type { PartyId } from '@unbroken/tokens';
import type { Line, Redirect } from './chain-state.js';
import type { RecordedToken } from './recorded.js';

export interface Route {
  readonly consignee: PartyId | null;
  readonly via: readonly PartyId[];
  readonly due: number | null;
}

/** Orders remarks that govern: by signing time, then by token id, so that every recording order ends alike. */
export const byTime = (a: { iat: number; tid: string }, b: { iat: number; tid: string }): number =>
  a.iat - b.iat || (a.tid < b.tid ? -1 : a.tid > b.tid ? 1 : 0);

const nowhere: Route = { consignee: null, via: [], due: null };

const later = (route: Route, redirect: Redirect): Route => ({
  consignee: redirect.to,
  via: redirect.via ?? route.via,
  due: redirect.due ?? route.due,
});

/** The route for a token signed at `iat`; without one, the route as last redirected. */
export function routeAt({ opening, redirects }: Pick<Line, 'opening' | 'redirects'>, iat = Infinity): Route {
  if (opening === null) return nowhere;
  let route: Route = { consignee: opening.to, via: opening.via, due: opening.due };
  for (const redirect of redirects) if (redirect.iat <= iat) route = later(route, redirect);
  return route;
}

/** Nothing is signed, and nothing has happened, after it was recorded: a clock that runs ahead gains nobody anything. */
const byThen = ({ recordedAt }: RecordedToken, said: number): number => Math.min(said, Math.floor(recordedAt / 1000));

/** When it was signed, in seconds. */
export const signed = (token: RecordedToken): number => byThen(token, token.claims.iat);

/** When the statement says it happened, in seconds: `when` if it differs from signing. */
export const happened = (token: RecordedToken): number => byThen(token, token.claims.when ?? token.claims.iat);

/** Has `by` mandated `to` to accept in its name, at the token's place and time? */
export function mandated(token: RecordedToken, by: PartyId, to: PartyId): boolean {
  // Nearly always; and the registry's one empty list is frozen, which a loop goes through slowly.
  if (token.mandates.length === 0) return false;
  for (const mandate of token.mandates) {
    if (mandate.by !== by || mandate.to !== to) continue;
    if (mandate.site !== undefined && mandate.site !== token.claims.at) continue;
    if (mandate.until === undefined || mandate.until >= happened(token)) return true;
  }
  return false;
}

/** `party` itself or somebody it has mandated. */
export const actsFor = (token: RecordedToken, actor: PartyId, party: PartyId): boolean =>
  actor === party || mandated(token, party, actor);

/** The parties of the route, the sender aside, that `actor` is or acts for. */
export function onRoute(token: RecordedToken, { consignee, via }: Route, actor: PartyId): readonly PartyId[] {
  const found: PartyId[] = [];
  if (consignee !== null && actsFor(token, actor, consignee)) found.push(consignee);
  for (const party of via) if (actsFor(token, actor, party)) found.push(party);
  return found;
}
