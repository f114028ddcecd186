// What the registry log says about parties and their keys. It is large and only grows, so it is kept in place and not
// copied: `append` is deterministic in the order of the log, and everything that custody depends on may be asked as of
// an earlier `size` of the log, which is what an entry's `registrySize` means. Without a size: as of everything known.

import { algorithmOf } from '@unbroken/tokens';
import type { Algorithm, Hash, KeyId, PartyId, PublicJwk, TokenId } from '@unbroken/tokens';
import type { Role } from '../events/forms.js';
import type { FindingCode } from '../finding.js';
import type { Mandate, Standing } from '../recorded.js';
import type { RegistryEntry } from './entry.js';
import type { HeldKey } from './key-ring.js';
import { readTheSame } from './namesakes.js';
import { PartyChains } from './party-chains.js';
import type { Operator } from './party-name.js';
import type { PartySite } from './party-record.js';
import { stateOf } from './party-state.js';
import type { PartyState } from './party-state.js';

/** A key that counts for the custody log. Indices are those of the registry log. */
export type CountingKey = Pick<HeldKey, 'kid' | 'party' | 'jwk' | 'use' | 'person' | 'enrolledAt'> & {
  /** Roles granted to the party that this key may use. */
  readonly roles: readonly Role[];
  /** The later of its enrolment and its party's first admission. */
  readonly countsFrom: number;
};

/** A party as it describes itself and as the operator admitted it. Indices are those of the registry log. */
export interface Party {
  readonly id: PartyId;
  readonly name: string;
  /** What it calls itself. */
  readonly roles: readonly Role[];
  /** What counts; null until it is admitted. */
  readonly granted: readonly Role[] | null;
  readonly sites: readonly PartySite[];
  readonly rootKid: KeyId;
  /** Every root key it has had, oldest first: the one it established itself with, and those that took over. */
  readonly rootKids: readonly KeyId[];
  /** Thumbprint of the next root key. */
  readonly next: Hash;
  readonly establishedAt: number;
  readonly admittedAt: number | null;
}

/** A JWK Set (RFC 7517 section 5). */
export interface JwkSet {
  readonly keys: readonly (PublicJwk & { readonly kid: KeyId; readonly alg: Algorithm; readonly use: 'sig' })[];
}

/** These are in thousands of recorded tokens at once. */
const NONE: readonly Mandate[] = Object.freeze([]);
const NOBODY: Standing = Object.freeze({ use: 'witness', roles: [], key: 'revoked' });

/** What was last answered about a key, and what the answer rests on beside the key itself, which never changes. */
interface Answered {
  readonly granted: readonly Role[];
  readonly standing: Standing;
}

export class Registry {
  readonly #chains: PartyChains;
  readonly #answered = new Map<KeyId, Answered>();

  /** `operator` is the party whose `admitted` counts; it is admitted by its own `established`. */
  constructor(pinned: Operator) {
    this.#chains = new PartyChains(pinned);
  }

  /** Entries of the log that are folded in: the `registrySize` of what is recorded now. */
  get size(): number {
    return this.#chains.size;
  }

  /** Who admits parties, as settings say. */
  get pinned(): Operator {
    return this.#chains.pinned;
  }

  /** Folds the next entry in. Total; the caller keeps the order of the log, a token given twice changes nothing. */
  append(entry: RegistryEntry): void {
    this.#chains.append(entry);
  }

  /** The key for a custody token: undefined until it is enrolled and its party admitted. Revoked keys stay. */
  keyAt(kid: KeyId, size = this.size): CountingKey | undefined {
    const key = this.#chains.keys.get(kid);
    const party = key && this.#chains.parties.get(key.party);
    const granted = key && this.#grantedTo(key, size);
    if (!key || party?.admittedAt === undefined || !granted) return undefined;
    const { party: id, jwk, use, roles, person, enrolledAt } = key;
    return {
      kid,
      party: id,
      jwk,
      use,
      roles: usable({ use, roles }, granted),
      ...(person !== undefined && { person }),
      enrolledAt,
      countsFrom: Math.max(enrolledAt, party.admittedAt),
    };
  }

  /** The key for a party token: any key of a party, admitted or not, as of now. */
  signerOf(kid: KeyId): HeldKey | undefined {
    return this.#chains.keys.get(kid);
  }

  /**
   * What the registry says about a token's signer: the token was signed at `iat` (seconds) and recorded with
   * `registrySize`; `asOf` is the size of the log as far as revocations are known to whoever asks. A key that did not
   * count then speaks for nobody, like a revoked one.
   */
  standing(
    kid: KeyId,
    { iat, registrySize, asOf = this.size }: { iat: number; registrySize: number; asOf?: number },
  ): Standing {
    const { keys } = this.#chains;
    const held = keys.get(kid);
    const granted = held && this.#grantedTo(held, registrySize);
    if (!held || !granted) return NOBODY;
    const key = keys.standing(held, iat, registrySize, asOf);
    const answered = this.#answered.get(kid);
    if (answered?.granted === granted && answered.standing.key === key) return answered.standing;
    const { use, person } = held;
    const roles = usable(held, granted);
    const standing = Object.freeze({ use, roles, key, ...(person !== undefined && { person }) });
    this.#answered.set(kid, { granted, standing });
    return standing;
  }

  /** What the key's party was granted as of a log of `size` entries; undefined where the key did not count then. */
  #grantedTo({ party, enrolledAt }: HeldKey, size: number): readonly Role[] | undefined {
    return enrolledAt < size ? this.#chains.parties.get(party)?.admissions.asOf(size) : undefined;
  }

  isAdmitted(party: PartyId, size = this.size): boolean {
    return this.#chains.parties.get(party)?.isAdmitted(size) ?? false;
  }

  /** Mandates given to any of these parties by parties that are admitted. */
  mandatesTo(parties: readonly PartyId[], size = this.size): readonly Mandate[] {
    const { mandates } = this.#chains;
    if (mandates.isEmpty) return NONE;
    const found: Mandate[] = [];
    for (const party of new Set(parties)) {
      for (const mandate of mandates.givenTo(party, size)) if (this.isAdmitted(mandate.by, size)) found.push(mandate);
    }
    return found.length === 0 ? NONE : found;
  }

  /** The policies of an admitted party, oldest first. */
  policies(party: PartyId, size = this.size): Hash[] {
    return this.isAdmitted(party, size) ? (this.#chains.parties.get(party)?.policies.upTo(size) ?? []) : [];
  }

  hasPolicy(party: PartyId, policy: Hash, size = this.size): boolean {
    return this.isAdmitted(party, size) && (this.#chains.parties.get(party)?.policies.had(policy, size) ?? false);
  }

  /** The places of an admitted party. */
  sitesOf(party: PartyId, size = this.size): PartySite[] {
    return this.isAdmitted(party, size) ? (this.#chains.parties.get(party)?.sites(size) ?? []) : [];
  }

  /** A party as of now, admitted or not. */
  party(id: PartyId): Party | undefined {
    const party = this.#chains.parties.get(id);
    if (!party) return undefined;
    const { name, roles, root, establishedAt, admittedAt } = party;
    const rootKids = party.roots.upTo(Infinity).map(({ kid }) => kid);
    const granted = party.admissions.asOf(this.size) ?? null;
    const sites = party.sites(this.size);
    const standing = { establishedAt, admittedAt: admittedAt ?? null };
    return { id, name, roles, granted, sites, rootKid: root.kid, rootKids, next: root.next, ...standing };
  }

  /** Those admitted as of now whose name reads like this party's, the longest here first; none where it is not known. */
  namesakesOf(id: PartyId): readonly Party[] {
    const name = this.#chains.parties.get(id)?.name;
    if (name === undefined) return [];
    return [...this.#chains.parties.values()].flatMap((other) =>
      other.id !== id && this.isAdmitted(other.id) && readTheSame(other.name, name) ? (this.party(other.id) ?? []) : [],
    );
  }

  /** A party's keys as of now, but for those taken back: a verifier of old tokens asks for evidence instead. */
  jwks(party: PartyId): JwkSet {
    const { keys } = this.#chains;
    const good = keys.ofParty(party).filter((key) => !keys.revocationOf(key, this.size));
    return { keys: good.map(({ kid, jwk }) => ({ ...jwk, kid, alg: algorithmOf(jwk), use: 'sig' })) };
  }

  /** A party's chain as of now; undefined until it is established. */
  partyState(sub: PartyId): PartyState | undefined {
    const { parties, lines } = this.#chains;
    const party = parties.get(sub);
    const line = lines.get(sub);
    return party && line && stateOf(party, line, this.#chains);
  }

  /** What is wrong with a party token, as far as is known now. */
  findingsOf(tid: TokenId): FindingCode[] {
    const { keys, findings, signings } = this.#chains;
    const signing = signings.get(tid);
    const key = signing && keys.get(signing.kid);
    const suspect = key && keys.standing(key, signing.iat, signing.index, this.size) === 'suspect';
    return [...(findings.get(tid) ?? []), ...(suspect ? (['key.suspect'] as const) : [])];
  }
}

/** A code desk speaks for guests where its party was granted a desk, and for nothing else, whatever its enrolment names. */
function usable({ use, roles }: Pick<HeldKey, 'use' | 'roles'>, granted: readonly Role[]): readonly Role[] {
  if (roles === 'granted') return granted;
  const named: readonly Role[] = use === 'code-desk' ? ['finder-desk'] : roles;
  return named.filter((role) => granted.includes(role));
}
