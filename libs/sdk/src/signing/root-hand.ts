// What a party says of itself: its chain of keys, places and rules, signed by its root key (docs/protocol, section 3,
// "Party chain"), and what the operator says of it.

import type { PartyClaims, PartyEvent } from '@unbroken/custody';
import { proofOfPossession } from '@unbroken/tokens';
import type { Hash, KeyId, PartyId, Signer } from '@unbroken/tokens';
import { Pen } from './pen.js';
import type { PenParts, Written } from './pen.js';
import type { Place } from './place.js';

type Known = 'iss' | 'sub' | 'jti' | 'iat' | 'evt' | 'prev' | 'seq' | 'aud';

/** What is left to say with an event of a party's chain. */
export type SaidOfParty<E extends PartyEvent> = Omit<PartyClaims<E>, Known>;

export class RootHand {
  readonly pen: Pen;
  readonly #rootKid: KeyId;

  /** @param rootKid where the signer is an enroller's key: the party's root key, which a new key must name */
  constructor(parts: Omit<PenParts, 'door'>, rootKid: KeyId = parts.signer.kid) {
    this.pen = new Pen({ ...parts, door: 'registry' });
    this.#rootKid = rootKid;
  }

  /** Opens the party's chain. `next` is the thumbprint of the root key to come, which is kept offline. */
  async establish(said: Omit<SaidOfParty<'established'>, 'jwk'>): Promise<Written> {
    const { party, signer } = this.pen;
    return this.pen.open('established', party, { aud: await this.pen.deployment(), ...said, jwk: signer.jwk });
  }

  /** Lets a key count. It proves here that it is held by who asks for it. */
  async enrol(key: Signer, said: Omit<SaidOfParty<'enrolled'>, 'jwk' | 'pop'>, on?: Place): Promise<Written> {
    const pop = await proofOfPossession(key, this.pen.party, this.#rootKid);
    return this.#line('enrolled', { jwk: key.jwk, pop, ...said }, on);
  }

  /** With the key that the present root committed to: it takes over, and commits to `next`. */
  root(next: KeyId, on?: Place): Promise<Written> {
    return this.#line('rooted', { jwk: this.pen.signer.jwk, next }, on);
  }

  revoke(said: SaidOfParty<'revoked'>, on?: Place): Promise<Written> {
    return this.#line('revoked', said, on);
  }

  site(said: SaidOfParty<'sited'>, on?: Place): Promise<Written> {
    return this.#line('sited', said, on);
  }

  mandate(said: SaidOfParty<'mandated'>, on?: Place): Promise<Written> {
    return this.#line('mandated', said, on);
  }

  /** Names the rules that the party's shipments go under; their document is published beside the chain. */
  police(policy: Hash, on?: Place): Promise<Written> {
    return this.#line('policed', { policy }, on);
  }

  /** With the operator's key: lets a party in, in these roles. */
  admit(party: PartyId, said: SaidOfParty<'admitted'>, on?: Place): Promise<Written> {
    return this.pen.remark('admitted', party, said, on);
  }

  #line(evt: PartyEvent, said: Readonly<Record<string, unknown>>, on?: Place): Promise<Written> {
    return this.pen.line(evt, this.pen.party, said, on);
  }
}
