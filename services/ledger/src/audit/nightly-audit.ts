// The audit that runs by itself, every night, in the process that writes the logs. Its result is durable and goes out with
// the outbox: alerts of tampering, and of audits that did not take place, are raised by whoever hears it.

import { Repeated } from '@unbroken/platform';
import type { Clock, CommonSettings, Outbox } from '@unbroken/platform';
import type { DataSource } from 'typeorm';
import type { Duty } from '../append/writer.js';
import { log } from '../log.js';
import { rfc3339 } from '../rfc3339.js';
import type { AuditReport } from './audit-report.js';
import { AuditImpossible } from './audit-impossible.js';
import { heartbeatOf, heartbeatRow } from './audit-heartbeat.js';
import { isDue, lastDue } from './nightly-due.js';
import { auditUnder } from './open-audit.js';

const POLL_MS = 1_000;
const DAY_MS = 24 * 60 * 60 * 1000;
/** What could not be looked at is not looked at again at once: it may take long, and disturbs. */
const AFTER_FAILURE_MS = 10 * 60 * 1000;

export interface NightlyParts {
  readonly dataSource: DataSource;
  readonly outbox: Outbox;
  readonly relay: { wake(): void };
  readonly clock: Clock;
  readonly settings: CommonSettings;
  /** From 0 to 23, UTC. */
  readonly hour: number;
}

export class NightlyAudit implements Duty {
  readonly #parts: NightlyParts;
  #looking: Repeated | undefined;
  #stopping = new AbortController();
  /** Nothing is due before; milliseconds since the epoch. */
  #notBefore = 0;

  constructor(parts: NightlyParts) {
    this.#parts = parts;
  }

  /** Returns at once. */
  start(): void {
    this.#stopping = new AbortController();
    this.#notBefore = 0;
    this.#looking = new Repeated({
      doSome: () => this.#look(),
      failed: (error, attempt) => this.#failed(error, attempt),
      pollMs: POLL_MS,
    });
    this.#looking.start();
  }

  /** Gives up an audit in hand: the next start makes up for it. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#looking?.stop();
  }

  async #look(): Promise<boolean> {
    const { clock, hour, settings } = this.#parts;
    const now = clock.now();
    if (now < this.#notBefore) return false;
    if (!isDue(now, hour, await this.#lastEnded(now))) {
      this.#notBefore = lastDue(now, hour) + DAY_MS;
      return false;
    }
    const report = await auditUnder(settings, { copies: [], bundles: [] }, clock, this.#stopping.signal);
    await this.#keep(report);
    return false;
  }

  /** Of a ledger that has never been audited: since it was first asked, so that the first night is its first. */
  async #lastEnded(now: number): Promise<number> {
    const { dataSource } = this.#parts;
    const last = async () =>
      (await dataSource.query<{ at: Date | null }[]>('SELECT max(ended_at) AS at FROM audits'))[0]?.at?.getTime();
    const known = await last();
    if (known !== undefined) return known;
    await dataSource.query(`INSERT INTO audits (ended_at, result, faults) VALUES ($1, 'none', 0)`, [rfc3339(now)]);
    return now;
  }

  /** A crash before the commit: audited again at the next start. After it the outbox publishes what was found. */
  async #keep(report: AuditReport): Promise<void> {
    const { dataSource, outbox, relay } = this.#parts;
    await dataSource.transaction(async (manager) => {
      await manager.query(
        `INSERT INTO audits (ended_at, result, faults, report) VALUES ($1, $2, $3, $4)
         ON CONFLICT (ended_at) DO UPDATE SET result = excluded.result, faults = excluded.faults, report = excluded.report`,
        [report.at, report.result, report.count, JSON.stringify(report)],
      );
      await outbox.append(manager, [heartbeatRow(heartbeatOf(report))]);
    });
    relay.wake();
    const entries = report.logs.reduce((sum, { size }) => sum + size, 0);
    if (report.count === 0) log.info('audit.clean', { entries });
    else log.error('audit.tampered', { faults: report.count });
  }

  #failed(error: unknown, attempt: number): void {
    if (this.#stopping.signal.aborted) return;
    this.#notBefore = this.#parts.clock.now() + AFTER_FAILURE_MS;
    const cause = error instanceof AuditImpossible && error.cause instanceof Error ? error.cause : error;
    log.error('audit.failed', { attempt }, cause);
  }
}
