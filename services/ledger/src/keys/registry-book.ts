// The registry log in memory: the one source of keys. It is read from the ledger's own table at start and follows each
// append; nothing else ever changes it.

import { Registry } from '@unbroken/custody';
import type { RegistryEntry } from '@unbroken/custody';
import type { KeyId, PartyId } from '@unbroken/tokens';
import { KeyRing } from '../verify/key-ring.js';
import type { CountingKey } from '../verify/key-ring.js';
import { BroughtKeys } from './brought-keys.js';
import type { OperatorPin } from './operator.js';

/** What the entries since the last call made possible. */
export interface KeyNews {
  /** Keys whose custody tokens count from now on. */
  readonly counting: readonly CountingKey[];
  /** Keys that may sign in a party's chain from now on. */
  readonly signing: readonly KeyId[];
}

export class RegistryBook {
  readonly registry: Registry;
  readonly #ring = new KeyRing();
  readonly #notCounting = new BroughtKeys();
  readonly #notSigning = new BroughtKeys();

  constructor(operator: OperatorPin) {
    this.registry = new Registry(operator);
  }

  /** Key of a custody token recorded now; undefined until it is enrolled and its party admitted. */
  get keyOf() {
    return this.#ring.keyOf;
  }

  append(entry: RegistryEntry): void {
    this.registry.append(entry);
    this.#notCounting.note(entry);
    this.#notSigning.note(entry);
  }

  /** Tells each key once; a root key when it may take over, and when it has. */
  news(): KeyNews {
    const counting = this.#notCounting.release((kid): CountingKey | undefined => {
      const key = this.registry.keyAt(kid);
      return key && { kid, party: key.party, jwk: key.jwk };
    });
    this.#ring.learn(counting);
    const signing = this.#notSigning.release((kid, party) => (this.#maySign(kid, party) ? kid : undefined));
    return { counting, signing };
  }

  /** The key that is to take over as root signs in its party's chain before it is anybody's. */
  #maySign(kid: KeyId, party: PartyId): boolean {
    const next: string | undefined = this.registry.party(party)?.next;
    return next === kid || this.registry.signerOf(kid) !== undefined;
  }
}
