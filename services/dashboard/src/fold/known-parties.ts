// Every party that any chain names, and which chains it has a part in: a search for a name begins with the parties that
// have it.

import type { Folded } from '@unbroken/chains';
import type { PartyId } from '@unbroken/tokens';
import type { EntityManager } from 'typeorm';

export class KnownParties {
  /** Those that are surely in the table: most batches name nobody new. */
  readonly #written = new Set<PartyId>();

  /** Adds whom these chains name. Call what it returns once that is committed. */
  async add(manager: EntityManager, folded: readonly Folded[]): Promise<() => void> {
    const parts = folded.flatMap(newParts);
    const fresh = [...new Set(parts.map(({ party }) => party))].filter((party) => !this.#written.has(party));
    if (parts.length > 0) {
      await manager.query(
        `INSERT INTO parts (party, sub) SELECT party, sub FROM unnest($1::text[], $2::text[]) AS part (party, sub)
         ORDER BY party, sub ON CONFLICT DO NOTHING`,
        [parts.map(({ party }) => party), parts.map(({ sub }) => sub)],
      );
    }
    if (fresh.length > 0) {
      await manager.query(
        'INSERT INTO known_parties SELECT unnest($1::text[]) AS party ORDER BY party ON CONFLICT DO NOTHING',
        [fresh],
      );
    }
    return () => fresh.forEach((party) => this.#written.add(party));
  }
}

const newParts = ({ sub, before, after }: Folded) =>
  after.parties.filter((party) => !before.parties.includes(party)).map((party) => ({ party, sub }));
