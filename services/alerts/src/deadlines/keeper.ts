// Looks at the clock and raises what has fallen due: each deadline once, whichever process and however many keep time. An
// answer may be recorded and not judged yet, after a start as well as behind a backlog: it is waited for before a deadline is
// called missed.

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
  /** Resolves when what is recorded by now has been judged; then it is known what was answered. */
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
  /** What fell due until then is known to be unanswered. */
  #judgedUpTo = 0;

  constructor(private readonly parts: KeeperParts) {
    this.#startedAt = parts.clock.now();
  }

  /** Returns at once. */
  start(): void {
    this.#looking.start();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#looking.stop();
  }

  /** Returns how many chains had something due. */
  async #raiseSome(): Promise<number> {
    const { judging, clock, chains, outbox } = this.parts;
    const subs = await this.#unanswered();
    if (subs.length === 0) return 0;
    const [now, startedAt] = [this.#judgedUpTo, this.#startedAt];
    await judging.inTransaction(async (manager) => {
      // A crash before the commit leaves them pending, and they are raised after the start: once in any case.
      // Judged again first: what was kept may have been kept under a policy that is known better by now.
      const changed = await judging.judgeLocked(manager, subs);
      const raisedAt = () => clock.now();
      return [...changed, ...(await raiseDue(manager, subs, { chains, outbox, now, startedAt, raisedAt }))];
    });
    return subs.length;
  }

  /** Some of the chains with a deadline that has passed, with all judged that was recorded when it did. */
  async #unanswered(): Promise<Awaited<ReturnType<typeof chainsWithDueDeadlines>>> {
    const { dataSource, clock, caughtUp } = this.parts;
    const due = (until: number, atMost: number) => chainsWithDueDeadlines(dataSource.manager, until, atMost);
    const now = clock.now();
    if ((await due(now, 1)).length === 0) return [];
    const known = await due(this.#judgedUpTo, CHAINS_AT_ONCE);
    if (known.length > 0) return known;
    await caughtUp(this.#stopping.signal);
    if (this.#stopping.signal.aborted) return [];
    this.#judgedUpTo = now;
    return due(now, CHAINS_AT_ONCE);
  }
}
