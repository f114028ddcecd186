// Keeps what the registry says later and what chains are judged by from missing each other. Whoever judges shares the
// one row of registry_heard until its commit; whoever has heard a revocation moves the row on before looking for the
// chains concerned. So a chain was either judged before, and is found, or is judged after, knowing it.

import type { RegistryView } from '@unbroken/chains';
import type { EntityManager } from 'typeorm';

interface HeardRow {
  /** Bigints, which the driver gives as text. */
  readonly entries: string;
  readonly documents: string;
}

/** Until the manager's transaction ends nothing new is heard; and the view knows all that was heard before. */
export async function holdRegistry(manager: EntityManager, view: RegistryView): Promise<void> {
  const [heard] = await manager.query<HeardRow[]>('SELECT entries, documents FROM registry_heard FOR SHARE');
  if (heard === undefined) throw new Error('registry_heard has lost its row; its migration makes it');
  await view.reach(Number(heard.entries));
  const documents = BigInt(heard.documents);
  if (documents > 0n) await view.reachDocument(documents - 1n);
}

/**
 * `entries`: the registry log's size, `documents`: the next offset of registry.documents.v1, as far as heard. In a
 * transaction of its own: at its commit everybody who judged without this has committed, and can be found.
 */
export async function advanceRegistry(
  manager: EntityManager,
  { entries = 0n, documents = 0n }: { readonly entries?: bigint; readonly documents?: bigint },
): Promise<void> {
  await manager.query(
    'UPDATE registry_heard SET entries = greatest(entries, $1), documents = greatest(documents, $2)',
    [String(entries), String(documents)],
  );
}
