// Every key that was ever enrolled, and what was taken back (docs/protocol, section 3, "Party chain").

import type { KeyId, PartyId, PublicJwk } from '@unbroken/tokens';
import type { PartyClaims } from '../events/catalogue.js';
import type { KeyUse, Role } from '../events/forms.js';
import type { Standing } from '../recorded.js';

/** A key as its party enrolled it, admitted or not. */
export interface HeldKey {
  readonly kid: KeyId;
  readonly party: PartyId;
  readonly jwk: PublicJwk;
  readonly use: KeyUse | 'root';
  /** Roles it was enrolled for; a root key has whatever its party is granted. */
  readonly roles: readonly Role[] | 'granted';
  readonly person?: string;
  readonly idp?: NonNullable<PartyClaims<'enrolled'>['idp']>;
  /** Index in the registry log at which the enrolment took effect. */
  readonly enrolledAt: number;
}

export interface Revocation {
  /** Seconds since the epoch: what is signed from then on. */
  readonly since: number;
  /** Index in the registry log from which this is known. */
  readonly at: number;
}

export class KeyRing {
  readonly #keys = new Map<KeyId, HeldKey>();
  readonly #ofParty = new Map<PartyId, HeldKey[]>();
  readonly #revocations = new Map<PartyId, Map<KeyId, Revocation[]>>();

  /** False when the key is known already, to whomever: the first enrolment of a key wins for ever. */
  enrol(key: HeldKey): boolean {
    if (this.#keys.has(key.kid)) return false;
    this.#keys.set(key.kid, key);
    const own = this.#ofParty.get(key.party);
    if (own) own.push(key);
    else this.#ofParty.set(key.party, [key]);
    return true;
  }

  /** Takes a key back in the name of `party`: it counts for a key of that party, also when it is enrolled later. */
  revoke(party: PartyId, kid: KeyId, revocation: Revocation): void {
    let own = this.#revocations.get(party);
    if (!own) this.#revocations.set(party, (own = new Map<KeyId, Revocation[]>()));
    own.set(kid, [...(own.get(kid) ?? []), revocation]);
  }

  get(kid: KeyId): HeldKey | undefined {
    return this.#keys.get(kid);
  }

  ofParty(party: PartyId): readonly HeldKey[] {
    return this.#ofParty.get(party) ?? [];
  }

  /** The revocation with the earliest `since` that is known in a log of `size` entries. */
  revocationOf({ party, kid }: HeldKey, size: number): Revocation | undefined {
    const known = this.#revocations
      .get(party)
      ?.get(kid)
      ?.filter(({ at }) => at < size);
    return known?.reduce<Revocation | undefined>((a, b) => (a && a.since <= b.since ? a : b), undefined);
  }

  /**
   * What a key's revocations say about something signed at `iat` (seconds) and recorded when the registry log had
   * `registrySize` entries, as far as is known in a log of `asOf` entries.
   */
  standing(key: HeldKey, iat: number, registrySize: number, asOf: number): Standing['key'] {
    if (iat >= (this.revocationOf(key, registrySize)?.since ?? Infinity)) return 'revoked';
    return iat >= (this.revocationOf(key, asOf)?.since ?? Infinity) ? 'suspect' : 'good';
  }
}
