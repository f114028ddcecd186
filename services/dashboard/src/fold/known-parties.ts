// Every party that any chain names, so that a search for a name can begin with the parties that have it.

import type { Folded } from '@unbroken/chains';
import type { PartyId } from '@unbroken/tokens';
import type { EntityManager } from 'typeorm';

export class KnownParties {
  /** Those that are surely in the table: most batches name nobody new. */
  readonly #written = new Set<PartyId>();

  /** Adds whom these chains name. Call what it returns once that is committed. */
  async add(manager: EntityManager, folded: readonly Folded[]): Promise<() => void> {
    const fresh = [...new Set(folded.flatMap(({ after }) => after.parties))].filter((id) => !this.#written.has(id));
    if (fresh.length > 0) {
      await manager.query(
        'INSERT INTO known_parties SELECT unnest($1::text[]) AS party ORDER BY party ON CONFLICT DO NOTHING',
        [fresh],
      );
    }
    return () => fresh.forEach((party) => this.#written.add(party));
  }
}
