// A registry log told token by token, for tests of its fold: each token of a party hangs on its last one and is signed
// by its root key, unless told otherwise. A token may be signed now and recorded later, or never.

import { keyId, newJti, sha256Hash } from '@unbroken/tokens';
import type { Hash, KeyId, PartyId, PublicJwk, TokenId } from '@unbroken/tokens';
import type { PartyEvent } from '../events/catalogue.js';
import { catalogue } from '../events/catalogue.js';
import { readClaims } from '../events/read-claims.js';
import type { RecordedPartyToken, RegistryEntry } from './entry.js';
import { Registry } from './registry.js';

export const someHash = (text: string): Hash => sha256Hash(new TextEncoder().encode(text));
export const asParty = (name: string): PartyId => name as PartyId;
/** A key of the right form; the fold checks no signatures. */
export const jwkOf = (name: string): PublicJwk => ({ kty: 'OKP', crv: 'Ed25519', x: someHash(name) });
export const kidOf = (name: string): KeyId => keyId(jwkOf(name));
const rootOf = (party: string): string => `${party} root`;
export const nextOf = (party: string): string => `${party} next`;

type Signed = Omit<RecordedPartyToken, 'index' | 'recordedAt'>;

interface Circumstances {
  /** Name of the signing key; the root key of `iss` where absent. */
  key?: string;
  /** Who says it; the party itself where absent. */
  iss?: string;
  /** The token it hangs on; the party's last line token where absent. */
  after?: TokenId;
  seq?: number;
  iat?: number;
}

interface Rooting extends Circumstances {
  jwk?: PublicJwk;
  then?: string;
}

export class RegistryStory {
  readonly registry = new Registry({ operator: asParty('operator') });
  /** Device time of the next token, seconds. */
  now = 1_700_000_000;
  /** Everything recorded, in order. */
  readonly log: RegistryEntry[] = [];
  readonly #heads = new Map<string, { tid: TokenId; seq: number }>();
  readonly #seqs = new Map<TokenId, number>();

  /** Opens a party's chain with the key `<party> root`. */
  established(
    party: string,
    { name = party, roles = ['sender'], key = rootOf(party), iss = party, seq = 0, jwk = jwkOf(key) } = {},
  ) {
    const opening = { aud: 'test', name, roles, jwk, next: kidOf(nextOf(party)) as string, seq };
    return this.record(this.#sign(party, 'established', key, { iss, ...opening })).tid;
  }

  /** A party established, and admitted by the operator (who is established with the first). */
  admitted(party: string, roles: string[] = ['sender']): TokenId {
    if (this.registry.party(asParty('operator')) === undefined) this.established('operator', { roles: ['operator'] });
    const opening = this.established(party, { roles });
    this.admit(party, roles);
    return opening;
  }

  admit(party: string, roles: string[], more: Circumstances = {}): TokenId {
    return this.tell(party, 'admitted', { roles }, { iss: 'operator', ...more });
  }

  /** A key of the party by the name `key`. */
  enrolled(party: string, key: string, claims: Record<string, unknown> = {}, more: Circumstances = {}): TokenId {
    return this.tell(party, 'enrolled', enrolment(key, claims), more);
  }

  /** The key `<party> next` takes over, unless told otherwise; it commits to the key by the name `then`. */
  rooted(
    party: string,
    { key = nextOf(party), jwk = jwkOf(key), then = `${key} but one`, ...more }: Rooting = {},
  ): TokenId {
    return this.tell(party, 'rooted', { jwk, next: kidOf(then) }, { key, ...more });
  }

  revoked(party: string, key: string, since: number, more: Circumstances = {}): TokenId {
    return this.tell(party, 'revoked', { kid: kidOf(key), since, why: 'lost' }, more);
  }

  tell(party: string, evt: PartyEvent, claims: Record<string, unknown>, more: Circumstances = {}): TokenId {
    return this.record(this.sign(party, evt, claims, more)).tid;
  }

  /** Signs without recording; what the party signs next hangs on it all the same. */
  sign(party: string, evt: PartyEvent, claims: Record<string, unknown>, more: Circumstances = {}): Signed {
    const { iss = party, after = this.#heads.get(party)?.tid } = more;
    const seq = more.seq ?? (after === undefined ? 0 : (this.#seqs.get(after) ?? 0)) + 1;
    const numbered = catalogue.get(evt)?.place === 'line' ? { seq } : {};
    const said = {
      iss,
      prev: after ?? someHash('nothing'),
      ...numbered,
      ...claims,
      ...(more.iat !== undefined && { iat: more.iat }),
    };
    return this.#sign(party, evt, more.key ?? rootOf(iss), said);
  }

  record(token: Signed): RecordedPartyToken {
    const recorded = { ...token, index: this.log.length, recordedAt: this.now * 1000 };
    this.#append(recorded);
    return recorded;
  }

  /** Records a token whose claims could not be read. */
  malformed(party: string): TokenId {
    const tid = someHash(newJti()) as string as TokenId;
    const [kid, sub] = [kidOf(rootOf(party)), asParty(party)];
    this.#append({ tid, kid, index: this.log.length, recordedAt: this.now * 1000, sub, malformed: 'evt:unknown' });
    return tid;
  }

  #append(entry: RegistryEntry): void {
    this.log.push(entry);
    this.registry.append(entry);
  }

  #sign(party: string, evt: PartyEvent, key: string, said: Record<string, unknown>): Signed {
    this.now += 60;
    const read = readClaims({ sub: party, jti: newJti(), iat: this.now, evt, ...said }, 'test');
    if (read.chain !== 'party') throw new Error(`the story told a malformed ${evt}: ${JSON.stringify(read)}`);
    const tid = someHash(JSON.stringify(read.claims)) as string as TokenId;
    if ('seq' in read.claims) {
      this.#seqs.set(tid, read.claims.seq);
      this.#heads.set(party, { tid, seq: read.claims.seq });
    }
    return { tid, kid: kidOf(key), claims: read.claims };
  }
}

/** The claims of an enrolment of the key by that name; a device key for a sender where not told otherwise. */
export const enrolment = (key: string, claims: Record<string, unknown> = {}): Record<string, unknown> => ({
  jwk: jwkOf(key),
  pop: 'A'.repeat(86),
  use: 'device',
  roles: ['sender'],
  ...claims,
});
