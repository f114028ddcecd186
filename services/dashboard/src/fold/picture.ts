// The picture that people look at, kept true: every batch folded into chains and rows in one transaction.
//
// A row is made of a chain and its open alerts, which come by two topics in any order. Whoever writes either takes the
// lock of `stream` before reading the other, and holds it until the commit: so the second of two always sees the first.

import type { ChainStore, RegistryView } from '@unbroken/chains';
import type { ChainSummary } from '@unbroken/custody';
import type { RawMessage } from '@unbroken/platform';
import type { ShipmentId } from '@unbroken/tokens';
import type { DataSource, EntityManager } from 'typeorm';
import { keepAlerts, openAlertsOf, readAlert } from './keep-alerts.js';
import { rowWithAlerts, rowWithoutAlerts } from './kept-row.js';
import type { KnownParties } from './known-parties.js';
import { writeMarks } from './write-marks.js';
import { drawChanges, holdStream, writeRows } from './write-rows.js';

export interface PictureParts {
  readonly dataSource: DataSource;
  readonly chains: ChainStore;
  readonly view: RegistryView;
  readonly parties: KnownParties;
  /** Told after each commit that changed a row. */
  readonly changed: () => void;
}

export class Picture {
  constructor(private readonly parts: PictureParts) {}

  /**
   * Folds one batch of custody.recorded.v1. A crash before the commit keeps nothing and the batch comes again; after it
   * a batch that comes again is passed over entry by entry.
   * @throws PoisonMessage for a message that is not an entry
   */
  async foldEntries(messages: readonly RawMessage[]): Promise<void> {
    const { dataSource, chains, view, parties, changed } = this.parts;
    const done = await dataSource.transaction(async (manager) => {
      const folded = await chains.fold(manager, messages, view);
      if (folded.length === 0) return undefined;
      await writeMarks(manager, folded);
      const added = await parties.add(manager, folded);
      await this.#draw(
        manager,
        folded.map(({ after }) => after),
      );
      return { added, folded };
    });
    if (done === undefined) return;
    chains.committed(done.folded);
    done.added();
    changed();
  }

  /**
   * Keeps one batch of custody.alerts.v1. A crash before the commit keeps nothing; states that come again change
   * nothing.
   * @throws PoisonMessage for a message that is not an alert
   */
  async keepAlerts(messages: readonly RawMessage[]): Promise<void> {
    const { dataSource, changed } = this.parts;
    const alerts = messages.map(readAlert).filter((alert) => alert !== null);
    const drawn = await dataSource.transaction(async (manager) => {
      const subs = await keepAlerts(manager, alerts);
      // An alert may come before the chain it is about: the chain finds it.
      return subs.length > 0 && this.#drawKnown(manager, subs);
    });
    if (drawn) changed();
  }

  /** Draws the rows of these chains as they stand. A crash before the commit leaves them as they were. */
  async drawAgain(subs: readonly ShipmentId[]): Promise<void> {
    const { dataSource, changed } = this.parts;
    await dataSource.transaction((manager) => this.#drawKnown(manager, subs));
    changed();
  }

  /** Answers whether any of them is known. */
  async #drawKnown(manager: EntityManager, subs: readonly ShipmentId[]): Promise<boolean> {
    await holdStream(manager);
    const known = [...(await this.parts.chains.getMany(subs, manager)).values()];
    await this.#draw(manager, known);
    return known.length > 0;
  }

  async #draw(manager: EntityManager, changed: readonly ChainSummary[]): Promise<void> {
    if (changed.length === 0) return;
    const before = await drawChanges(manager, changed.length);
    const alerts = await openAlertsOf(
      manager,
      changed.map(({ sub }) => sub),
    );
    const whole = await this.parts.chains.getMany([...alerts.keys()], manager);
    const rows = changed.map((chain) => {
      const state = whole.get(chain.sub);
      return state === undefined ? rowWithoutAlerts(chain) : rowWithAlerts(state, alerts.get(chain.sub) ?? []);
    });
    await writeRows(manager, rows, before);
  }
}
