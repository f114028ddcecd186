// Looks at the clock and raises what has fallen due: each deadline once, whichever process and however many keep time.

import type { Clock } from '@unbroken/platform';
import { Repeated } from '@unbroken/platform';
import type { ChainStore } from '@unbroken/chains';
import type { DataSource } from 'typeorm';
import type { AlertsOutbox } from '../alerts/alerts-outbox.js';
import { alertsLog } from '../alerts-log.js';
import type { Judging } from '../judge/judging.js';
import { chainsWithDueDeadlines } from './deadline-store.js';
import { raiseDue } from './raise-due.js';

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
    const { dataSource, judging, clock, chains, outbox } = this.parts;
    const now = clock.now();
    const subs = await chainsWithDueDeadlines(dataSource.manager, now, CHAINS_AT_ONCE);
    if (subs.length === 0) return 0;
    await judging.inTransaction(async (manager) => {
      // A crash before the commit leaves them pending, and they are raised after the start: once in any case.
      // Judged again first: what was kept may have been kept under a policy that is known better by now.
      const changed = await judging.judgeLocked(manager, subs);
      return [...changed, ...(await raiseDue(manager, subs, { chains, outbox, now, startedAt: this.#startedAt }))];
    });
    return subs.length;
  }
}
