// A party and its keys as they are shown to whoever asks: everything in it stands in its chain for all to read.

import type { JwksAnswer, NamesakesAnswer, PartyAnswer } from '@unbroken/contracts';
import type { Registry } from '@unbroken/custody';
import type { PartyId } from '@unbroken/tokens';

/** Undefined where no such party is established. */
export function partyAnswer(registry: Registry, id: PartyId): PartyAnswer | undefined {
  const party = registry.party(id);
  const state = registry.partyState(id);
  if (party === undefined || state === undefined) return undefined;
  return {
    party: id,
    name: party.name,
    roles: [...(party.granted ?? [])],
    asked: [...party.roles],
    admitted: party.admittedAt !== null,
    rootKid: party.rootKid,
    sites: state.sites.map(({ site, geo, radius, hours }) => ({
      site,
      geo: [...geo],
      radius,
      ...(hours === undefined ? {} : { hours }),
    })),
    keys: state.keys.map(({ kid, use, roles, enrolledAt, revoked }) => ({
      kid,
      use,
      roles: [...roles],
      since: enrolledAt,
      ...(revoked === undefined ? {} : { revoked: revoked.since }),
    })),
    policies: [...state.policies],
  };
}

/** Undefined where no such party is established. */
export function namesakesAnswer(registry: Registry, id: PartyId): NamesakesAnswer | undefined {
  if (registry.party(id) === undefined) return undefined;
  const parties = registry.namesakesOf(id);
  return { parties: parties.map(({ id: party, name, granted }) => ({ party, name, roles: [...(granted ?? [])] })) };
}

/** The keys that count now; a verifier of old tokens needs the party's chain, which also says when a key counted. */
export function jwksAnswer(registry: Registry, id: PartyId): JwksAnswer | undefined {
  const state = registry.partyState(id);
  if (state === undefined) return undefined;
  const known = new Map(state.keys.map((key) => [key.kid, key]));
  return {
    keys: registry.jwks(id).keys.map((jwk) => {
      const { use = 'device', roles = [] } = known.get(jwk.kid) ?? {};
      return { ...jwk, unbroken: { use, roles: [...roles] } };
    }),
  };
}
