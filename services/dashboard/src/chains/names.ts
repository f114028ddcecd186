// Parties by their names, as the registry knows them now.

import type { RegistryView } from '@unbroken/chains';
import type { NamedParty } from '@unbroken/contracts';
import type { PartyId } from '@unbroken/tokens';
import { naming } from '@unbroken/words';
import type { NameOf } from '@unbroken/words';

export class Names {
  readonly nameOf: NameOf;

  constructor(view: Pick<RegistryView, 'registry'>) {
    this.nameOf = naming((party) => view.registry.party(party as PartyId)?.name);
  }

  named<P extends PartyId | null>(party: P): P extends PartyId ? NamedParty : NamedParty | null;
  named(id: PartyId | null): NamedParty | null {
    return id === null ? null : { id, name: this.nameOf(id) };
  }
}
