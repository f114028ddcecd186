// Folds the registry log entry by entry: places each token in its party's line, asks whether its signer may say it, and
// lets it take effect (docs/protocol, section 3, "Party chain").

import { keyId } from '@unbroken/tokens';
import type { Hash, KeyId, PartyId, TokenId } from '@unbroken/tokens';
import type { PartyClaims } from '../events/catalogue.js';
import type { FindingCode } from '../finding.js';
import type { RecordedPartyToken, RegistryEntry } from './entry.js';
import { KeyRing } from './key-ring.js';
import type { HeldKey } from './key-ring.js';
import { MandateBook } from './mandate-book.js';
import { maySign } from './may-sign.js';
import type { SignedLater } from './may-sign.js';
import { isSiteOf, siteOf } from './own-site.js';
import { PartyLine } from './party-line.js';
import type { Verdict } from './party-line.js';
import { mayEstablish } from './party-name.js';
import type { Operator } from './party-name.js';
import { PartyRecord } from './party-record.js';

/** Whose key signed, when, and where the log put it: what a later revocation is held against. */
export type Signing = Pick<RecordedPartyToken, 'kid' | 'index'> & Pick<PartyClaims, 'iat'>;

export class PartyChains {
  readonly keys = new KeyRing();
  readonly parties = new Map<PartyId, PartyRecord>();
  readonly lines = new Map<PartyId, PartyLine>();
  readonly mandates = new MandateBook();
  readonly findings = new Map<TokenId, FindingCode[]>();
  /** Every token recorded; null where its claims could not be read. */
  readonly signings = new Map<TokenId, Signing | null>();
  /** Entries of the log that are folded in. */
  size = 0;

  constructor(readonly pinned: Operator) {}

  /** Total and deterministic in the order of the log. A token already folded in changes nothing. */
  append(entry: RegistryEntry): void {
    this.size = Math.max(this.size, entry.index + 1);
    if (this.signings.has(entry.tid)) return;
    if ('malformed' in entry) {
      this.signings.set(entry.tid, null);
      this.#lineOf(entry.sub).addMalformed(entry.tid);
      return;
    }
    const { tid, kid, index, claims } = entry;
    this.signings.set(tid, { kid, index, iat: claims.iat });
    const line = this.#lineOf(claims.sub);
    if (namesForeignSite(claims)) line.addMalformed(tid);
    else line.add(entry, (placed) => this.#judge(placed, index));
  }

  /** `at` is the index of the entry that is being appended: a token that waited counts from there. */
  #judge(placed: RecordedPartyToken, at: number): Verdict {
    const { tid, kid, index, claims } = placed;
    const key = this.keys.get(kid);
    if (key && this.keys.standing(key, claims.iat, index, index) === 'revoked') {
      this.#note(tid, 'key.revoked');
      return 'revoked';
    }
    if (claims.evt === 'established') return this.#establish(tid, kid, claims, at);
    if (claims.evt === 'rooted') return this.#root({ ...placed, claims }, at);
    const rootKid = key && this.parties.get(key.party)?.roots.asOf(index)?.kid;
    if (!key || key.enrolledAt >= index || !maySign(key, claims, { operator: this.pinned.operator, rootKid })) {
      this.#note(tid, 'custody.role');
      return 'wrong-hands';
    }
    this.#take(tid, key, claims, at);
    return 'rightful';
  }

  #establish(tid: TokenId, kid: KeyId, claims: PartyClaims<'established'>, at: number): Verdict {
    const { iss, sub: party, jwk, name, roles, next } = claims;
    const known = this.parties.get(party);
    const named = iss === party && kid === keyId(jwk) && mayEstablish(party, kid, this.pinned);
    if (known || !named || !this.keys.enrol({ kid, party, jwk, use: 'root', roles: 'granted', enrolledAt: at })) {
      this.#note(tid, known?.firstRootKid === kid ? 'custody.twice' : 'custody.role');
      return 'wrong-hands';
    }
    const record = new PartyRecord(party, name, roles, { kid, next }, at);
    if (party === this.pinned.operator) record.admissions.add(at, roles);
    this.parties.set(party, record);
    return 'rightful';
  }

  /**
   * Root pre-rotation: the key that was committed to while another was root takes over. What the former root signs from
   * then on does not count, for parcels as if it were revoked; in the party's chain nothing that is recorded later does.
   */
  #root({ tid, kid, claims, recordedAt }: RecordedPartyToken & { claims: PartyClaims<'rooted'> }, at: number): Verdict {
    const { iss, sub: party, jwk, next, iat } = claims;
    const record = this.parties.get(party);
    const isNext = iss === party && kid === keyId(jwk) && isCommitted(kid, record?.root.next);
    if (!record || !isNext || !this.keys.enrol({ kid, party, jwk, use: 'root', roles: 'granted', enrolledAt: at })) {
      this.#note(tid, 'custody.role');
      return 'wrong-hands';
    }
    this.keys.revoke(party, record.root.kid, { since: Math.min(iat, Math.floor(recordedAt / 1000)), at });
    record.roots.add(at, { kid, next });
    return 'rightful';
  }

  #take(tid: TokenId, signer: HeldKey, claims: SignedLater, at: number): void {
    const { sub } = claims;
    switch (claims.evt) {
      case 'admitted':
        this.parties.get(sub)?.admissions.add(at, claims.roles);
        return;
      case 'enrolled': {
        const { jwk, use, roles, person, idp } = claims;
        const named = { ...(person !== undefined && { person }), ...(idp !== undefined && { idp }) };
        const first = this.keys.enrol({ kid: keyId(jwk), party: sub, jwk, use, roles, ...named, enrolledAt: at });
        if (!first) this.#note(tid, 'custody.twice');
        return;
      }
      case 'revoked':
        // Whoever stole the root key would otherwise take back the one that is to take over from it.
        if (isCommitted(claims.kid, this.parties.get(sub)?.root.next)) {
          this.#note(tid, 'custody.role');
          return;
        }
        this.keys.revoke(sub, claims.kid, { since: claims.since, at });
        if ((this.keys.get(claims.kid) ?? signer).party !== sub) this.#note(tid, 'custody.role');
        return;
      case 'sited': {
        const { geo, radius, hours } = claims;
        const site = { site: siteOf(sub, claims.site), geo, radius, ...(hours && { hours }) };
        this.parties.get(sub)?.sited(at, site);
        return;
      }
      case 'mandated': {
        const { party: to, site, until } = claims;
        const where = site === undefined ? {} : { site: siteOf(sub, site) };
        this.mandates.add(at, { by: sub, to, ...where, ...(until !== undefined && { until }) });
        return;
      }
      case 'policed':
        this.parties.get(sub)?.policies.add(at, claims.policy);
    }
  }

  #lineOf(party: PartyId): PartyLine {
    let line = this.lines.get(party);
    if (!line) this.lines.set(party, (line = new PartyLine((tid, code) => this.#note(tid, code))));
    return line;
  }

  #note(tid: TokenId, code: FindingCode): void {
    this.findings.set(tid, [...(this.findings.get(tid) ?? []), code]);
  }
}

/** A key is committed to by its thumbprint, which is its id. */
const isCommitted = (kid: string, next: Hash | undefined): boolean => kid === next;

/** A party describes its own places alone. */
const namesForeignSite = (claims: PartyClaims): boolean =>
  claims.evt === 'sited' && !isSiteOf(claims.sub, siteOf(claims.sub, claims.site));
