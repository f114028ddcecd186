// Keys that party chains have brought, or committed to, but that do not count yet: of parties not admitted, or behind a gap.
// Looking at these alone after each append tells which parked tokens may go on, without walking through every key there is.

import type { RegistryEntry } from '@unbroken/custody';
import { keyId } from '@unbroken/tokens';
import type { KeyId, PartyId } from '@unbroken/tokens';

export class BroughtKeys {
  readonly #waiting = new Map<PartyId, Set<KeyId>>();
  readonly #touched = new Set<PartyId>();

  /** Notes what the entry brings, and that its party's keys may count from it on. */
  note(entry: RegistryEntry): void {
    const party = 'claims' in entry ? entry.claims.sub : entry.sub;
    this.#touched.add(party);
    if (!('claims' in entry) || !('jwk' in entry.claims)) return;
    const waiting = this.#waiting.get(party) ?? new Set<KeyId>();
    this.#waiting.set(party, waiting.add(keyId(entry.claims.jwk)));
    // A key is committed to by its thumbprint, which is its id.
    if ('next' in entry.claims) waiting.add(entry.claims.next as string as KeyId);
  }

  /** Of the parties touched since the last call, the waiting keys for which `counts` answers; they wait no longer. */
  release<Key>(counts: (kid: KeyId, party: PartyId) => Key | undefined): Key[] {
    const released: Key[] = [];
    for (const party of this.#touched) {
      const waiting = this.#waiting.get(party) ?? new Set<KeyId>();
      for (const kid of waiting) {
        const key = counts(kid, party);
        if (key === undefined) continue;
        released.push(key);
        waiting.delete(kid);
      }
      if (waiting.size === 0) this.#waiting.delete(party);
    }
    this.#touched.clear();
    return released;
  }
}
