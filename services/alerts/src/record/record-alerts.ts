// Alerts about the record itself: the audit has found something, a promise to record was not kept, or nothing was heard of
// either for too long. They go the way of every other alert, and the operator is told.

import { AUDIT_SOURCE, PROMISES_SOURCE, readRecordSubject } from '@unbroken/contracts';
import type { AuditHeartbeat, PromisesHeartbeat, RecordSubject } from '@unbroken/contracts';
import type { Clock, RawMessage } from '@unbroken/platform';
import { sha256Hash } from '@unbroken/tokens';
import type { PartyId, TokenId } from '@unbroken/tokens';
import type { EntityManager } from 'typeorm';
import type { Alert, Holding } from '../alerts/alert.js';
import { changeAlerts } from '../alerts/change-alerts.js';
import type { ChangePorts } from '../alerts/change-alerts.js';
import { resolveByThemselves } from '../alerts/decide-alerts.js';
import { raiseAlerts } from '../alerts/raise-alerts.js';
import { readHeartbeat } from './read-heartbeat.js';
import { sources } from './sources.js';
import type { SourceName } from './sources.js';

export interface RecordAlertsParts extends ChangePorts {
  readonly clock: Clock;
  readonly deployment: string;
  readonly operator: PartyId;
}

const sourceNames = Object.keys(sources) as SourceName[];

export class RecordAlerts {
  constructor(private readonly parts: RecordAlertsParts) {}

  /**
   * Hears what audits have found and how the ledger keeps its promises. A crash before the commit keeps nothing and the
   * messages come again; after it they come again, and their alerts are there.
   * @throws PoisonMessage for what calls itself a source's and is none
   */
  async hear(messages: readonly RawMessage[]): Promise<void> {
    const heard = messages.flatMap(readHeartbeat);
    if (heard.length === 0) return;
    await changeAlerts(this.parts, async (manager) => {
      const now = this.parts.clock.now();
      const changed: Alert[] = [];
      for (const heartbeat of heard) {
        await manager.query(
          `INSERT INTO heartbeats (source, at) VALUES ($1, $2)
           ON CONFLICT (source) DO UPDATE SET at = greatest(heartbeats.at, excluded.at)`,
          [heartbeat.source, heartbeat.at],
        );
        if (heartbeat.source === AUDIT_SOURCE)
          changed.push(...(await raiseAlerts(manager, this.#tampered(heartbeat), now)));
        else changed.push(...(await this.#followPromises(manager, heartbeat, now)));
      }
      for (const source of new Set(heard.map(({ source }) => source)))
        changed.push(...(await this.#resolveSilence(manager, source, now)));
      // An alert that was raised and has resolved itself within the batch is told as it is now.
      return [...new Map(changed.map((alert) => [alert.id, alert])).values()];
    });
  }

  /** Raises silence, once for each time a source falls silent; answers whether it did. */
  async lookAtClock(): Promise<boolean> {
    const { dataSource, clock } = this.parts;
    const now = clock.now();
    // Who has never been heard of counts from the first look; the row stays, so that a restart begins no new wait.
    await dataSource.query('INSERT INTO heartbeats (source, at) SELECT unnest($1::text[]), $2 ON CONFLICT DO NOTHING', [
      sourceNames,
      new Date(now),
    ]);
    const silent: Holding[] = [];
    for (const source of sourceNames) {
      const last = await lastHeard(dataSource.manager, source);
      if (now - last > sources[source].longestMs) silent.push(this.#silence(source, last));
    }
    if (silent.length === 0) return false;
    return (await changeAlerts(this.parts, (manager) => raiseAlerts(manager, silent, now))).length > 0;
  }

  /** The same that is found again the next night is the same alert; something else is another. */
  #tampered({ logs }: AuditHeartbeat): Holding[] {
    return logs.flatMap(({ origin, faults, found }) => {
      if (faults === 0 || found === undefined) return [];
      const more = faults === 1 ? '' : ` and ${faults - 1} more`;
      const about = { sub: readRecordSubject(origin), tid: found.hash as TokenId, ...this.#told() };
      return [{ ...about, code: 'log.tampered', refusal: `${found.first}${more}` }];
    });
  }

  /** One alert for as long as something is overdue, about the token that was the first when it was raised. */
  async #followPromises(
    manager: EntityManager,
    { overdue, first }: PromisesHeartbeat,
    now: number,
  ): Promise<readonly Alert[]> {
    const sub = this.#subjectOf(PROMISES_SOURCE);
    const open = await openAbout(manager, sub, 'log.stalled');
    if (first === undefined) {
      const reason = 'Everything that was promised by now is recorded, or was refused.';
      return resolveByThemselves(
        manager,
        open.map((id) => ({ id, reason })),
        now,
      );
    }
    if (open.length > 0) return [];
    const what = overdue === 1 ? 'a token is' : `${overdue} tokens are`;
    const missed = { dueAt: new Date(first.due), late: false };
    const refusal = `${what} not recorded that this hub promised to record`;
    return raiseAlerts(manager, [{ sub, tid: first.tid, code: 'log.stalled', refusal, ...this.#told(), missed }], now);
  }

  #silence(source: SourceName, last: number): Holding {
    const { longestMs, silence } = sources[source];
    const tid = sha256Hash(new TextEncoder().encode(`${source} ${last}`)) as string as TokenId;
    const missed = { dueAt: new Date(last + longestMs), late: false };
    const about = { sub: this.#subjectOf(source), tid, code: 'pipeline.silent' as const, ...this.#told(), missed };
    return silence === undefined ? about : { ...about, refusal: silence };
  }

  async #resolveSilence(manager: EntityManager, source: SourceName, now: number): Promise<readonly Alert[]> {
    const { longestMs, heardAgain: reason } = sources[source];
    if (now - (await lastHeard(manager, source)) > longestMs) return [];
    const open = await openAbout(manager, this.#subjectOf(source), 'pipeline.silent');
    return resolveByThemselves(
      manager,
      open.map((id) => ({ id, reason })),
      now,
    );
  }

  #subjectOf(source: SourceName): RecordSubject {
    return readRecordSubject(`${this.parts.deployment}/${source}`);
  }

  #told() {
    return { parties: [this.parts.operator], responsible: this.parts.operator };
  }
}

/** Milliseconds since the epoch. */
async function lastHeard(manager: EntityManager, source: SourceName): Promise<number> {
  const [row] = await manager.query<{ at: Date }[]>('SELECT at FROM heartbeats WHERE source = $1', [source]);
  return row?.at.getTime() ?? 0;
}

async function openAbout(manager: EntityManager, sub: RecordSubject, code: Alert['code']): Promise<string[]> {
  const open = await manager.query<{ id: string }[]>(
    `SELECT id FROM alerts WHERE sub = $1 AND code = $2 AND state <> 'resolved'`,
    [sub, code],
  );
  return open.map(({ id }) => id);
}
