// Chains in a service's own schema, kept as their histories and, where people search, what is searched for. Batch-wise: a
// few statements for all chains of a batch. What was folded lately is remembered; of any other chain the state is read
// that was set aside (set-aside.ts), or the history, to be folded.

import { foldAll, foldSummary } from '@unbroken/custody';
import type { ChainState, Recorded } from '@unbroken/custody';
import { arrayLiteral } from '@unbroken/platform';
import type { RawMessage } from '@unbroken/platform';
import type { ShipmentId } from '@unbroken/tokens';
import type { DataSource, EntityManager } from 'typeorm';
import { ChainCache } from './chain-cache.js';
import type { Room } from './chain-cache.js';
import { findChains, findVersions } from './find-chains.js';
import type { ChainPage, ChainQuery } from './find-chains.js';
import { followBatch, once, refold } from './fold-batch.js';
import type { Folded, StoredChain } from './fold-batch.js';
import { readCustodyEntry, recordedIn } from './recorded-from.js';
import { holdFolding, shareFolding } from './folding-lock.js';
import { SetAside } from './set-aside.js';
import type { RegistryView } from './registry-view.js';
import { writeHistory } from './write-history.js';
import { writeSearch } from './write-search.js';

export class ChainStore {
  readonly #cache: ChainCache;
  readonly #aside = new SetAside();

  /** `searched`: `find` is used, and the service has the tables for it; `remembered`: what memory there is for chains. */
  constructor(
    private readonly dataSource: DataSource,
    private readonly options: { readonly searched: boolean; readonly remembered?: Room } = { searched: false },
  ) {
    this.#cache = new ChainCache(options.remembered);
  }

  /**
   * Folds messages of custody.recorded.v1, in order, within the manager's transaction, and returns what they did to each
   * chain. Waits until the view knows the registry log as far as the entries need it. Entries folded before are passed
   * over, so that whatever is done with the answer in the same transaction is done once. From here to the commit nobody
   * else folds these chains. A crash before the commit keeps nothing; the batch comes again. After it the caller says so
   * with `committed`.
   * @throws PoisonMessage for a message that is not an entry
   * @throws FoldedMeanwhile when another consumer has folded some of it; the same batch, folded again, finds it done
   */
  async fold(manager: EntityManager, messages: readonly RawMessage[], view: RegistryView): Promise<readonly Folded[]> {
    const read = messages.map(readCustodyEntry);
    await view.reach(Math.max(0, ...read.map(({ entry }) => entry.registrySize)));
    await shareFolding(manager);
    const subs = [...new Set(read.map(({ sub }) => sub))];
    const remembered = this.#cache.of(subs);
    const readNow = await this.#read(
      manager,
      subs.filter((sub) => !remembered.has(sub)),
    );
    const chains = new Map([...remembered, ...readNow]);
    const entries = read.map((entry) => ({ sub: entry.sub, recorded: recordedIn(entry, view) }));
    const { folded, others } = followBatch(chains, entries);
    const histories = await this.#histories(
      manager,
      others.map(({ sub }) => sub),
    );
    const all = [...folded, ...others.map((chain) => refold(chain, histories.get(chain.sub)?.recorded ?? []))];
    // What is written from the cache may be out of date, and is not written then: read the next time.
    await writeHistory(manager, all).catch((error: unknown) => {
      this.#cache.forget(subs);
      throw error;
    });
    const unremembered = all.filter(({ sub }) => readNow.has(sub));
    // What memory has room for is not read again. Before it was full, nobody but an earlier process set any aside.
    await this.#aside.forget(manager, this.#cache.isFull ? all : unremembered);
    if (this.#cache.isFull) await this.#aside.keep(manager, unremembered);
    if (this.options.searched) await writeSearch(manager, all);
    return all;
  }

  /** What `fold` returned is committed. */
  committed(folded: readonly Folded[]): void {
    for (const { sub, after, recorded, parts } of folded) {
      const lastIndex = recorded.at(-1)?.index;
      if (lastIndex !== undefined) this.#cache.remember(sub, { state: after, lastIndex, parts: parts + 1 });
    }
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
    return new Map([...histories].map(([sub, { recorded }]) => [sub, foldAll(sub, recorded)]));
  }

  /** As `getMany`, and nothing is folded into them until the manager's transaction ends. */
  async lock(manager: EntityManager, subs: readonly ShipmentId[]): Promise<ReadonlyMap<ShipmentId, ChainState>> {
    if (subs.length === 0) return new Map();
    await holdFolding(manager);
    return this.getMany(subs, manager);
  }

  /** One page of chains, the newest first. */
  async find(query: ChainQuery): Promise<ChainPage> {
    const { subs, cursor } = await findChains(this.dataSource.manager, query);
    const states = await this.getMany(subs);
    return { chains: subs.flatMap((sub) => states.get(sub) ?? []), cursor };
  }

  /** One page of a party's chains, each with a mark that changes with it; see `findVersions`. */
  versions(query: Parameters<typeof findVersions>[1]): ReturnType<typeof findVersions> {
    return findVersions(this.dataSource.manager, query);
  }

  async #read(manager: EntityManager, subs: readonly ShipmentId[]): Promise<ReadonlyMap<ShipmentId, StoredChain>> {
    const chains = await this.#aside.of(manager, subs);
    const others = subs.filter((sub) => !chains.has(sub));
    for (const [sub, { recorded, parts }] of await this.#histories(manager, others)) {
      chains.set(sub, { state: foldSummary(sub, recorded), lastIndex: recorded.at(-1)?.index ?? -1, parts });
    }
    return chains;
  }

  async #histories(manager: EntityManager, subs: readonly ShipmentId[]): Promise<ReadonlyMap<ShipmentId, History>> {
    if (subs.length === 0) return new Map();
    const rows: { sub: ShipmentId; recorded: string }[] = await manager.query(
      'SELECT sub, recorded FROM chain_history WHERE sub = ANY($1::text[]) ORDER BY sub, part',
      [arrayLiteral(subs)],
    );
    const histories = new Map<ShipmentId, { recorded: Recorded[]; parts: number }>();
    for (const { sub, recorded } of rows) {
      const history = histories.get(sub) ?? { recorded: [], parts: 0 };
      histories.set(sub, history);
      history.recorded.push(...(JSON.parse(recorded) as Recorded[]));
      history.parts += 1;
    }
    for (const history of histories.values()) history.recorded = [...once(history.recorded)];
    return histories;
  }
}

/** In the order of the log, and in how many parts it is kept. */
interface History {
  readonly recorded: readonly Recorded[];
  readonly parts: number;
}
