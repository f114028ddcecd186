// A party's chain as people and programs read it over HTTP: plain JSON, as of everything recorded.

import type { Hash, KeyId, PartyId, TokenId } from '@unbroken/tokens';
import type { Role } from '../events/forms.js';
import type { Mandate } from '../recorded.js';
import type { HeldKey, KeyRing, Revocation } from './key-ring.js';
import type { MandateBook } from './mandate-book.js';
import type { PartyLine } from './party-line.js';
import type { PartyRecord, PartySite } from './party-record.js';

/** A key as its party enrolled it; `enrolledAt` is an index in the registry log. */
export type KeyState = Omit<HeldKey, 'party' | 'jwk' | 'roles'> & {
  readonly roles: readonly Role[];
  readonly revoked?: Revocation;
};

export interface PartyState {
  readonly sub: PartyId;
  /** First that holds: `disputed` (two branches, both count), `admitted`, `established`. */
  readonly status: 'disputed' | 'admitted' | 'established';
  readonly head: TokenId | null;
  readonly seq: number | null;
  readonly rootKid: KeyId;
  readonly keys: readonly KeyState[];
  readonly sites: readonly PartySite[];
  /** Given to others; `until` may have passed. */
  readonly mandates: readonly Mandate[];
  /** Oldest first. */
  readonly policies: readonly Hash[];
  readonly gaps: readonly TokenId[];
  readonly disputed: readonly TokenId[];
}

/** Everything said in a party's chain, whether the party is admitted yet or not. */
export function stateOf(
  party: PartyRecord,
  line: PartyLine,
  { keys, mandates }: { readonly keys: KeyRing; readonly mandates: MandateBook },
): PartyState {
  const { head, disputed } = line;
  const status = disputed.length > 0 ? 'disputed' : party.isAdmitted(Infinity) ? 'admitted' : 'established';
  return {
    sub: party.id,
    status,
    head: head?.tid ?? null,
    seq: head?.seq ?? null,
    rootKid: party.root.kid,
    keys: keys.ofParty(party.id).map((key) => keyState(key, party, keys)),
    sites: party.sites(Infinity),
    mandates: mandates.givenBy(party.id, Infinity),
    policies: party.policies.upTo(Infinity),
    gaps: line.gaps,
    disputed,
  };
}

function keyState(key: HeldKey, party: PartyRecord, keys: KeyRing): KeyState {
  const { kid, use, person, idp, enrolledAt } = key;
  const revoked = keys.revocationOf(key, Infinity);
  return {
    kid,
    use,
    roles: key.roles === 'granted' ? (party.admissions.asOf(Infinity) ?? []) : key.roles,
    enrolledAt,
    ...(person !== undefined && { person }),
    ...(idp !== undefined && { idp }),
    ...(revoked && { revoked }),
  };
}
