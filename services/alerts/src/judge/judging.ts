// Judges what is recorded: every batch folded, ruled on and settled in one transaction (docs/protocol, sections 4, 5).

import type { ChainStore, Folded, RegistryView } from '@unbroken/chains';
import type { Clock, OutboxRelay, RawMessage } from '@unbroken/platform';
import type { ShipmentId } from '@unbroken/tokens';
import type { DataSource, EntityManager } from 'typeorm';
import type { Alert } from '../alerts/alert.js';
import type { AlertsOutbox } from '../alerts/alerts-outbox.js';
import { countChanges } from '../alerts/count-changes.js';
import { rememberPolicies } from './chains-under-policies.js';
import { keepSigns, signsIn } from '../pipelines/pipelines.js';
import type { Pipelines } from '../pipelines/pipelines.js';
import { holdRegistry } from './registry-heard.js';
import { rulingsOf, wholeRuling } from './ruling.js';
import { settleRulings } from './settle-rulings.js';
import { rememberSigners } from './signers.js';

export interface JudgingParts {
  readonly dataSource: DataSource;
  readonly chains: ChainStore;
  readonly view: RegistryView;
  readonly outbox: AlertsOutbox;
  readonly relay: Pick<OutboxRelay, 'wake'>;
  readonly clock: Clock;
  readonly pipelines: Pipelines;
}

/** So many chains are judged again in one transaction: few enough that nobody waits long for their locks. */
const CHAINS_AT_ONCE = 200;

export class Judging {
  constructor(private readonly parts: JudgingParts) {}

  /**
   * Judges one batch of custody.recorded.v1. A crash before the commit keeps nothing and the batch comes again; after
   * it a batch that comes again is passed over entry by entry.
   * @throws PoisonMessage for a message that is not an entry
   */
  async judgeBatch(messages: readonly RawMessage[]): Promise<void> {
    const { chains, view, pipelines } = this.parts;
    let folded: readonly Folded[] = [];
    let signs: ReturnType<Pipelines['news']> = [];
    await this.inTransaction(async (manager) => {
      folded = await chains.fold(manager, messages, view);
      await rememberSigners(manager, folded);
      await rememberPolicies(manager, folded);
      const changed = await this.#settle(manager, rulingsOf(folded, view));
      signs = pipelines.news(signsIn(folded.flatMap(({ recorded }) => recorded)));
      await keepSigns(manager, signs);
      return changed;
    });
    chains.committed(folded);
    pipelines.committed(signs);
  }

  /** Judges whole chains again, because what they are judged by has changed. */
  async judgeAgain(subs: readonly ShipmentId[]): Promise<void> {
    for (let from = 0; from < subs.length; from += CHAINS_AT_ONCE) {
      await this.inTransaction((manager) => this.judgeLocked(manager, subs.slice(from, from + CHAINS_AT_ONCE)));
    }
  }

  /** As `judgeAgain`, within the manager's transaction, until whose end nothing is folded into these chains. */
  async judgeLocked(manager: EntityManager, subs: readonly ShipmentId[]): Promise<readonly Alert[]> {
    const { chains, view } = this.parts;
    const states = await chains.lock(manager, subs);
    return this.#settle(
      manager,
      [...states.values()].map((state) => wholeRuling(state, view)),
    );
  }

  /**
   * Runs `work` with the registry held still; what it announced goes out at the commit. Nothing is judged after a start
   * before the registry is known as far as it was when the chains were folded.
   */
  async inTransaction(work: (manager: EntityManager) => Promise<readonly Alert[]>): Promise<void> {
    const { dataSource, view, relay } = this.parts;
    await view.reach(0);
    const changed = await dataSource.transaction(async (manager) => {
      await holdRegistry(manager, view);
      return work(manager);
    });
    if (changed.length > 0) relay.wake();
    countChanges(changed);
  }

  #settle(manager: EntityManager, rulings: Parameters<typeof settleRulings>[1]): Promise<readonly Alert[]> {
    const { view, outbox, clock } = this.parts;
    return settleRulings(manager, rulings, { view, outbox, now: clock.now() });
  }
}
