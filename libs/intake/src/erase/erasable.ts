// A place that holds personal data, as an erasure sees it: what of a person lies there, by keys that name nobody, and that
// it goes. Each service knows its own places.

import type { ShipmentId } from '@unbroken/tokens';
import type { Person } from './person.js';

/** One row: `key` finds it again, and names nobody. */
export interface FoundRow {
  readonly key: readonly string[];
  /** The shipment it is about, where it is about one. */
  readonly sub: ShipmentId | null;
  /** The incident in whose file it is. */
  readonly incident?: string;
  /** What that incident is about. The certificate names them; the words are held by a hold of their own incident alone. */
  readonly about?: readonly ShipmentId[];
}

export interface ErasablePlace {
  /** `service.table`, and what of it. */
  readonly name: string;
  find(person: Person): Promise<readonly FoundRow[]>;
  /** One transaction. A crash before its commit leaves all of them; erased again, nothing changes. */
  erase(keys: readonly (readonly string[])[]): Promise<void>;
}
