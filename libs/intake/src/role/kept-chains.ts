// What sender, courier and receiver each keep for themselves: every chain, folded from what the ledger has recorded,
// in the service's own schema, so that none of them asks another what is theirs.

import type { ChainStore, Folded, RegistryView } from '@unbroken/chains';
import { Together } from '@unbroken/platform';
import type { RawMessage } from '@unbroken/platform';
import type { DataSource, EntityManager } from 'typeorm';

/** Told of each chain that changed, in the transaction that folds it. */
export type Heard = (manager: EntityManager, folded: readonly Folded[]) => Promise<void>;

export class KeptChains {
  readonly #together = new Together<RawMessage>((messages) => this.#fold(messages));

  constructor(
    private readonly database: DataSource,
    private readonly store: ChainStore,
    private readonly view: RegistryView,
    private readonly heard: Heard,
  ) {}

  /**
   * Folds a batch. A crash before the commit keeps nothing and the batch comes again; after it the batch comes again
   * too, and is found folded.
   */
  fold(messages: readonly RawMessage[]): Promise<void> {
    return this.#together.do(messages);
  }

  async #fold(messages: readonly RawMessage[]): Promise<void> {
    const folded = await this.database.transaction(async (manager) => {
      const folded = await this.store.fold(manager, messages, this.view);
      await this.heard(manager, folded);
      return folded;
    });
    this.store.committed(folded);
  }
}
