// Keys that live as long as the page or the test: WebCrypto keys that cannot be exported.

import { generateSigner } from '@unbroken/tokens';
import type { KeyId, Signer } from '@unbroken/tokens';
import { missingKey } from './key-store.js';
import type { KeyStore, StoredKey } from './key-store.js';

export class MemoryKeyStore implements KeyStore {
  readonly #keys = new Map<KeyId, { readonly stored: StoredKey; readonly signer: Signer }>();

  async create(made: Omit<StoredKey, 'kid'>): Promise<StoredKey> {
    const { signer } = await generateSigner('ES256');
    const stored = { ...made, kid: signer.kid };
    this.#keys.set(stored.kid, { stored, signer });
    return stored;
  }

  list(): Promise<readonly StoredKey[]> {
    return Promise.resolve([...this.#keys.values()].map(({ stored }) => stored));
  }

  signer(kid: KeyId): Promise<Signer> {
    const kept = this.#keys.get(kid);
    return kept === undefined ? Promise.reject(missingKey(kid)) : Promise.resolve(kept.signer);
  }
}
