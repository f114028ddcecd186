// Folded chains in a service's own schema. Batch-wise: one SELECT, one upsert of states and one insert of history for all
// chains of a batch. The history is read only where a chain has to be folded again or is asked for whole.

import { foldAll, summaryOf } from '@unbroken/custody';
import type { ChainState, ChainSummary, Recorded } from '@unbroken/custody';
import type { RawMessage } from '@unbroken/platform';
import type { ShipmentId } from '@unbroken/tokens';
import type { DataSource, EntityManager } from 'typeorm';
import { findChains } from './find-chains.js';
import type { ChainPage, ChainQuery } from './find-chains.js';
import { followBatch, refold } from './fold-batch.js';
import type { Folded, StoredChain } from './fold-batch.js';
import { readCustodyEntry, recordedIn } from './recorded-from.js';
import type { RegistryView } from './registry-view.js';
import { FOLD_VERSION, writeChains } from './write-chains.js';

interface StoredRow {
  readonly sub: ShipmentId;
  readonly state: ChainSummary;
  /** A bigint, which the driver gives as text. */
  readonly last_index: string;
  readonly fold: number;
}

export class ChainStore {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Folds messages of custody.recorded.v1, in order, within the manager's transaction, and returns what they did to each
   * chain. Waits until the view knows the registry log as far as the entries need it. Entries folded before are passed
   * over, so that whatever is done with the answer in the same transaction is done once. A crash before the commit keeps
   * nothing; the batch comes again.
   * @throws PoisonMessage for a message that is not an entry
   */
  async fold(manager: EntityManager, messages: readonly RawMessage[], view: RegistryView): Promise<readonly Folded[]> {
    const read = messages.map(readCustodyEntry);
    await view.reach(Math.max(0, ...read.map(({ entry }) => entry.registrySize)));
    const chains = await this.#locked(manager, [...new Set(read.map(({ sub }) => sub))]);
    const entries = read.map((entry) => ({ sub: entry.sub, recorded: recordedIn(entry, view) }));
    const { folded, others } = followBatch(chains, entries);
    const histories = await this.#histories(
      manager,
      others.map(({ sub }) => sub),
    );
    const all = [...folded, ...others.map((chain) => refold(chain, histories.get(chain.sub) ?? []))];
    await writeChains(manager, all);
    return all;
  }

  /** The chain's state, or undefined where nothing of it is folded here. */
  async get(sub: ShipmentId): Promise<ChainState | undefined> {
    return (await this.getMany([sub])).get(sub);
  }

  /** The states of those that are known here, histories included. */
  async getMany(
    subs: readonly ShipmentId[],
    manager: EntityManager = this.dataSource.manager,
  ): Promise<ReadonlyMap<ShipmentId, ChainState>> {
    const histories = await this.#histories(manager, subs);
    return new Map([...histories].map(([sub, history]) => [sub, foldAll(sub, history)]));
  }

  /** As `getMany`, and nothing is folded into them until the manager's transaction ends. */
  async lock(manager: EntityManager, subs: readonly ShipmentId[]): Promise<ReadonlyMap<ShipmentId, ChainState>> {
    await this.#lock(manager, subs);
    return this.getMany(subs, manager);
  }

  /** One page of chains, the newest first. */
  find(query: ChainQuery): Promise<ChainPage> {
    return findChains(this.dataSource.manager, query);
  }

  async #locked(manager: EntityManager, subs: readonly ShipmentId[]): Promise<ReadonlyMap<ShipmentId, StoredChain>> {
    const rows = await this.#lock(manager, subs);
    const outdated = rows.filter(({ fold }) => fold !== FOLD_VERSION).map(({ sub }) => sub);
    const again = await this.getMany(outdated, manager);
    return new Map(
      rows.map(({ sub, state, last_index }) => {
        const refolded = again.get(sub);
        return [sub, { state: refolded ? summaryOf(refolded) : state, lastIndex: Number(last_index) }];
      }),
    );
  }

  /** Locked in one order, so that two transactions never wait for each other. */
  async #lock(manager: EntityManager, subs: readonly ShipmentId[]): Promise<StoredRow[]> {
    if (subs.length === 0) return [];
    return manager.query(
      'SELECT sub, state, last_index, fold FROM chains WHERE sub = ANY($1::text[]) ORDER BY sub FOR UPDATE',
      [subs],
    );
  }

  /** In the order of the log. */
  async #histories(
    manager: EntityManager,
    subs: readonly ShipmentId[],
  ): Promise<ReadonlyMap<ShipmentId, readonly Recorded[]>> {
    if (subs.length === 0) return new Map();
    const rows: { sub: ShipmentId; recorded: Recorded[] }[] = await manager.query(
      'SELECT sub, recorded FROM chain_history WHERE sub = ANY($1::text[]) ORDER BY sub, first',
      [subs],
    );
    const histories = new Map<ShipmentId, Recorded[]>();
    for (const { sub, recorded } of rows) {
      const history = histories.get(sub) ?? [];
      histories.set(sub, history);
      history.push(...recorded);
    }
    return histories;
  }
}
