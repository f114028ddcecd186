// Whether a token will be recorded: an approval that was never signed must not open the door. Found out once for each
// token and each key, for a release that waits for news looks again and again.

import type { Registry } from '@unbroken/custody';
import { CheckedSignatures } from '@unbroken/manifests';
import { TokenRefused } from '@unbroken/tokens';
import type { Envelope, PartyId, PublicJwk } from '@unbroken/tokens';
import { importKey, verifyTokenSync } from '@unbroken/tokens/node';
import type { VerificationKey } from '@unbroken/tokens/node';

/** `forged`: its key is known and did not sign it. `unknown-key`: the ledger lets it wait. */
export type Signature = 'signed' | 'unknown-key' | 'forged';

type EnrolledKey = VerificationKey & { readonly party: PartyId };

export class Signatures {
  readonly #keys = new WeakMap<PublicJwk, VerificationKey>();
  readonly #found = new WeakMap<Envelope, Signature>();
  readonly #checked = new CheckedSignatures<EnrolledKey>(verifyTokenSync);

  constructor(private readonly registry: Registry) {}

  /** As far as the registry is known; whose key is unknown now may be signed or forged later. */
  of(envelope: Envelope): Signature {
    const found = this.#found.get(envelope);
    if (found !== undefined) return found;
    const key = this.registry.keyAt(envelope.header.kid);
    if (key === undefined) return 'unknown-key';
    const signature = this.#isSigned(envelope, { ...this.#imported(key.jwk), party: key.party }) ? 'signed' : 'forged';
    this.#found.set(envelope, signature);
    return signature;
  }

  #imported(jwk: PublicJwk): VerificationKey {
    const known = this.#keys.get(jwk);
    if (known !== undefined) return known;
    const imported = importKey(jwk);
    this.#keys.set(jwk, imported);
    return imported;
  }

  #isSigned(envelope: Envelope, key: EnrolledKey): boolean {
    try {
      this.#checked.verify(envelope, key);
      return true;
    } catch (error) {
      if (error instanceof TokenRefused) return false;
      throw error;
    }
  }
}
