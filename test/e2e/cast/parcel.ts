// A parcel whose tokens are signed without asking the hub: as on a phone offline, each knows the one before it.

import { defaultPolicyHash } from '@unbroken/custody';
import type { ShipmentEvent } from '@unbroken/custody';
import { mintToken, newJti, parseToken, sha256Hash, shipmentId } from '@unbroken/tokens';
import type { ShipmentId, TokenId } from '@unbroken/tokens';
import type { Cast } from './cast.js';
import type { PartyRole, SigningParty } from './signing-party.js';

const TEN_DAYS_S = 10 * 24 * 3600;

/** A token and the service it is posted to. */
export interface SignedToken {
  readonly tid: TokenId;
  readonly token: string;
  readonly door: PartyRole;
}

/** Of the consignee the name is enough. */
type Called = Pick<Cast, 'deployment' | 'sender' | 'courier'> & { readonly consignee: Pick<SigningParty, 'id'> };

export class Parcel {
  /** In the order they were signed. */
  readonly tokens: SignedToken[] = [];

  private constructor(readonly sub: ShipmentId) {}

  /** One piece of class internal from the sender to the consignee by the courier; `registered` is signed. */
  static async register({ deployment, sender, courier, consignee }: Called): Promise<Parcel> {
    const jti = newJti();
    const parcel = new Parcel(shipmentId(sender.id, jti));
    await parcel.#sign(sender, {
      jti,
      evt: 'registered',
      seq: 0,
      aud: deployment,
      kind: 'physical',
      to: consignee.id,
      via: [courier.id],
      contents: sha256Hash(new TextEncoder().encode(parcel.sub)),
      class: 'internal',
      enc: { how: 'none' },
      due: now() + TEN_DAYS_S,
      pieces: 1,
      policy: defaultPolicyHash,
    });
    return parcel;
  }

  /** Signs the next line token. */
  says(party: SigningParty, evt: ShipmentEvent, claims: object): Promise<SignedToken> {
    const prev = this.tokens.at(-1)?.tid;
    return this.#sign(party, { jti: newJti(), evt, prev, seq: this.tokens.length, ...claims });
  }

  /** A hand-off with both signatures; `takenBy` may be another than `to`. */
  async handOver(from: SigningParty, to: SigningParty, takenBy = to): Promise<void> {
    await this.says(from, 'released', { to: to.id, mode: 'meet' });
    await this.says(takenBy, 'accepted', { cond: 'ok' });
  }

  async #sign(party: SigningParty, claims: object): Promise<SignedToken> {
    const token = await mintToken({ iss: party.id, sub: this.sub, iat: now(), ...claims }, party.device);
    const signed = { tid: parseToken(token).tid, token, door: party.door };
    this.tokens.push(signed);
    return signed;
  }
}

const now = (): number => Math.floor(Date.now() / 1000);
