// Looks at the clock and raises what has fallen due: each deadline once, whichever process and however many keep time.

import type { Clock } from '@unbroken/platform';
import { Repeated } from '@unbroken/platform';
import type { ChainStore } from '@unbroken/chains';
import type { DataSource, EntityManager } from 'typeorm';
import type { Alert, Holding } from '../alerts/alert.js';
import type { AlertsOutbox } from '../alerts/alerts-outbox.js';
import { partiesTold } from '../alerts/parties-told.js';
import { raiseAlerts } from '../alerts/raise-alerts.js';
import { alertsLog } from '../alerts-log.js';
import type { Judging } from '../judge/judging.js';
import { chainsWithDueDeadlines, takeDueDeadlines } from './deadline-store.js';

export interface KeeperParts {
  readonly dataSource: DataSource;
  readonly chains: ChainStore;
  readonly judging: Judging;
  readonly outbox: AlertsOutbox;
  readonly clock: Clock;
  /** Resolves when what was recorded before the start has been judged; then it is known what was answered. */
  readonly caughtUp: (stopping: AbortSignal) => Promise<void>;
}

const POLL_MS = 250;
const CHAINS_AT_ONCE = 200;

export class Keeper {
  readonly #looking = new Repeated({
    doSome: async () => (await this.#raiseSome()) >= CHAINS_AT_ONCE,
    failed: (error, attempt) => alertsLog.warn('deadlines.waiting', { attempt }, error),
    pollMs: POLL_MS,
  });
  readonly #stopping = new AbortController();
  readonly #startedAt: number;
  #running: Promise<void> | undefined;

  constructor(private readonly parts: KeeperParts) {
    this.#startedAt = parts.clock.now();
  }

  /** Returns at once. */
  start(): void {
    this.#running ??= this.#run();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await Promise.all([this.#looking.stop(), this.#running]);
  }

  async #run(): Promise<void> {
    await this.parts.caughtUp(this.#stopping.signal);
    this.#looking.start();
  }

  /** Returns how many chains had something due. */
  async #raiseSome(): Promise<number> {
    const { dataSource, judging, clock } = this.parts;
    const now = clock.now();
    const subs = await chainsWithDueDeadlines(dataSource.manager, now, CHAINS_AT_ONCE);
    if (subs.length === 0) return 0;
    await judging.inTransaction(async (manager) => {
      // Judged again first: what was kept may have been kept under a policy that is known better by now.
      const changed = await judging.judgeLocked(manager, subs);
      return [...changed, ...(await this.#raise(manager, subs, now))];
    });
    return subs.length;
  }

  /** A crash before the commit leaves them pending, and they are raised after the start: once in any case. */
  async #raise(
    manager: EntityManager,
    subs: Parameters<ChainStore['getMany']>[0],
    now: number,
  ): Promise<readonly Alert[]> {
    const { chains, outbox } = this.parts;
    const due = await takeDueDeadlines(manager, subs, now);
    const states = await chains.getMany(subs, manager);
    const holding = due.flatMap(({ sub, tid, code, at, heardAt }): Holding[] => {
      const state = states.get(sub);
      if (state === undefined) return [];
      const dueAt = new Date(at * 1000);
      const late = dueAt.getTime() < Math.max(heardAt, this.#startedAt);
      return [{ sub, tid, code, ...partiesTold(state), missed: { dueAt, late } }];
    });
    const raised = await raiseAlerts(manager, holding, now);
    await outbox.announce(manager, raised);
    return raised;
  }
}
