// Folded chains in a service's own schema. Batch-wise: one SELECT and one upsert for all chains of a batch.

import type { ChainState } from '@unbroken/custody';
import type { RawMessage } from '@unbroken/platform';
import type { ShipmentId } from '@unbroken/tokens';
import type { DataSource, EntityManager } from 'typeorm';
import { findChains } from './find-chains.js';
import type { ChainPage, ChainQuery } from './find-chains.js';
import { foldBatch } from './fold-batch.js';
import type { Folded, StoredChain } from './fold-batch.js';
import { readCustodyEntry, recordedIn } from './recorded-from.js';
import type { RegistryView } from './registry-view.js';
import { writeChains } from './write-chains.js';

interface StoredRow {
  readonly sub: ShipmentId;
  readonly state: ChainState;
  /** A bigint, which the driver gives as text. */
  readonly last_index: string;
}

export class ChainStore {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Folds messages of custody.recorded.v1, in order, within the manager's transaction, and returns what they did to each chain. Waits
   * until the view knows the registry log as far as the entries need it. Entries folded before are passed over, so that
   * whatever is done with the answer in the same transaction is done once. A crash before the commit keeps nothing; the
   * batch comes again.
   * @throws PoisonMessage for a message that is not an entry
   */
  async fold(manager: EntityManager, messages: readonly RawMessage[], view: RegistryView): Promise<readonly Folded[]> {
    const read = messages.map(readCustodyEntry);
    await view.reach(Math.max(0, ...read.map(({ entry }) => entry.registrySize)));
    const chains = await this.#locked(manager, [...new Set(read.map(({ sub }) => sub))]);
    const entries = read.map((entry) => ({ sub: entry.sub, recorded: recordedIn(entry, view) }));
    const { changed, folded } = foldBatch(chains, entries);
    await writeChains(manager, [...changed.values()]);
    return folded;
  }

  /** The chain's state, or undefined where nothing of it is folded here. */
  async get(sub: ShipmentId): Promise<ChainState | undefined> {
    return (await this.getMany([sub])).get(sub);
  }

  /** The states of those that are known here. */
  async getMany(
    subs: readonly ShipmentId[],
    manager: EntityManager = this.dataSource.manager,
  ): Promise<ReadonlyMap<ShipmentId, ChainState>> {
    if (subs.length === 0) return new Map();
    const rows: StoredRow[] = await manager.query('SELECT sub, state FROM chains WHERE sub = ANY($1::text[])', [subs]);
    return new Map(rows.map(({ sub, state }) => [sub, state]));
  }

  /** As `getMany`, and nothing is folded into them until the manager's transaction ends. */
  async lock(manager: EntityManager, subs: readonly ShipmentId[]): Promise<ReadonlyMap<ShipmentId, ChainState>> {
    const chains = await this.#locked(manager, subs);
    return new Map([...chains].map(([sub, { state }]) => [sub, state]));
  }

  /** One page of chains, the newest first. */
  find(query: ChainQuery): Promise<ChainPage> {
    return findChains(this.dataSource.manager, query);
  }

  /** Locked in one order, so that two transactions never wait for each other. */
  async #locked(manager: EntityManager, subs: readonly ShipmentId[]): Promise<ReadonlyMap<ShipmentId, StoredChain>> {
    if (subs.length === 0) return new Map();
    const rows: StoredRow[] = await manager.query(
      'SELECT sub, state, last_index FROM chains WHERE sub = ANY($1::text[]) ORDER BY sub FOR UPDATE',
      [subs],
    );
    return new Map(rows.map(({ sub, state, last_index }) => [sub, { state, lastIndex: Number(last_index) }]));
  }
}
