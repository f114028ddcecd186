// The keys a verifier knows. Importing a key costs more than verifying with it, so it is done once, at first use:
// a start with a hundred thousand enrolled keys imports only those that sign something.

import type { KeyId, PartyId, PublicJwk } from '@unbroken/tokens';
import { importKey } from '@unbroken/tokens/node';
import type { EnrolledKey, KeyOf } from './judge-token.js';

/** A key that counts, as the registry log tells it. */
export interface CountingKey {
  readonly kid: KeyId;
  readonly party: PartyId;
  readonly jwk: PublicJwk;
}

export class KeyRing {
  readonly #counting = new Map<KeyId, CountingKey>();
  readonly #imported = new Map<KeyId, EnrolledKey>();

  learn(keys: readonly CountingKey[]): void {
    for (const key of keys) this.#counting.set(key.kid, key);
  }

  readonly keyOf: KeyOf = (kid) => {
    const known = this.#imported.get(kid);
    if (known !== undefined) return known;
    const counting = this.#counting.get(kid);
    if (counting === undefined) return undefined;
    const imported = { ...importKey(counting.jwk), party: counting.party };
    this.#imported.set(kid, imported);
    return imported;
  };
}
