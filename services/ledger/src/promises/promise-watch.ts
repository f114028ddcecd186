// Says, for as long as this process writes the logs, whether the hub's promises are kept: at each change, and every ten
// minutes, so that its silence is noticed too.

import { PROMISES_SOURCE } from '@unbroken/contracts';
import type { PromisesHeartbeat } from '@unbroken/contracts';
import { Repeated } from '@unbroken/platform';
import type { Clock, Outbox } from '@unbroken/platform';
import type { DataSource } from 'typeorm';
import type { Duty } from '../append/writer.js';
import { log } from '../log.js';
import { rfc3339 } from '../rfc3339.js';
import { overdueTokens, settleOverdue } from './overdue-tokens.js';
import type { OverdueTokens } from './overdue-tokens.js';

const POLL_MS = 1_000;
const EVERY_MS = 10 * 60_000;

export interface PromiseWatchParts {
  readonly dataSource: DataSource;
  readonly outbox: Outbox;
  readonly relay: { wake(): void };
  readonly clock: Clock;
}

export class PromiseWatch implements Duty {
  #looking: Repeated | undefined;
  /** What was told last; undefined: nothing since the start. */
  #told: string | undefined;
  /** Milliseconds since the epoch. */
  #toldAt = 0;

  constructor(private readonly parts: PromiseWatchParts) {}

  /** Returns at once. */
  start(): void {
    this.#told = undefined;
    this.#looking = new Repeated({
      doSome: () => this.#look(),
      failed: (error, attempt) => log.warn('promises.look-failed', { attempt }, error),
      pollMs: POLL_MS,
    });
    this.#looking.start();
  }

  async stop(): Promise<void> {
    await this.#looking?.stop();
  }

  /** A crash before the commit: looked at again. After it the outbox tells it, and the next start tells what is true then. */
  async #look(): Promise<boolean> {
    const { dataSource, outbox, relay, clock } = this.parts;
    const now = clock.now();
    const before = await overdueTokens(dataSource.manager);
    if (before.count === 0 && this.#isTold(before, now)) return false;
    const found = await dataSource.transaction(async (manager) => {
      await settleOverdue(manager);
      const overdue = await overdueTokens(manager);
      if (!this.#isTold(overdue, now)) await outbox.append(manager, [rowOf(overdue, now)]);
      return overdue;
    });
    if (this.#isTold(found, now)) return false;
    relay.wake();
    this.#told = textOf(found);
    this.#toldAt = now;
    if (found.count > 0) log.error('promises.broken', { tokens: found.count });
    return false;
  }

  #isTold(overdue: OverdueTokens, now: number): boolean {
    return this.#told === textOf(overdue) && now - this.#toldAt < EVERY_MS;
  }
}

const textOf = ({ count, first }: OverdueTokens): string => `${count} ${first?.tid ?? ''}`;

function rowOf({ count, first }: OverdueTokens, now: number) {
  const heartbeat: PromisesHeartbeat = {
    source: PROMISES_SOURCE,
    at: rfc3339(now),
    overdue: count,
    ...(first && { first: { tid: first.tid, due: first.due.toISOString() } }),
  };
  return {
    topic: 'platform.heartbeats.v1' as const,
    key: PROMISES_SOURCE,
    value: Buffer.from(JSON.stringify(heartbeat)),
    headers: {},
  };
}
