// Alerts about the record itself: the audit has found something, or no audit has been heard of for too long. They go the
// way of every other alert, and the operator is told.

import { AUDIT_SOURCE, LONGEST_WITHOUT_AUDIT_MS, auditHeartbeat, readRecordSubject } from '@unbroken/contracts';
import type { AuditHeartbeat } from '@unbroken/contracts';
import { PoisonMessage } from '@unbroken/platform';
import type { Clock, RawMessage } from '@unbroken/platform';
import { sha256Hash } from '@unbroken/tokens';
import type { PartyId, TokenId } from '@unbroken/tokens';
import type { EntityManager } from 'typeorm';
import type { Alert, Holding } from '../alerts/alert.js';
import { changeAlerts } from '../alerts/change-alerts.js';
import type { ChangePorts } from '../alerts/change-alerts.js';
import { resolveByThemselves } from '../alerts/decide-alerts.js';
import { raiseAlerts } from '../alerts/raise-alerts.js';

export interface RecordAlertsParts extends ChangePorts {
  readonly clock: Clock;
  readonly deployment: string;
  readonly operator: PartyId;
}

export class RecordAlerts {
  constructor(private readonly parts: RecordAlertsParts) {}

  /**
   * Hears what audits have found. A crash before the commit keeps nothing and the messages come again; after it they come
   * again, and their alerts are there.
   * @throws PoisonMessage for what calls itself an audit's and is none
   */
  async hear(messages: readonly RawMessage[]): Promise<void> {
    const heard = messages.filter(({ key }) => key === AUDIT_SOURCE).map(heartbeatIn);
    if (heard.length === 0) return;
    await changeAlerts(this.parts, async (manager) => {
      for (const { at } of heard) {
        await manager.query(
          `INSERT INTO heartbeats (source, at) VALUES ($1, $2)
           ON CONFLICT (source) DO UPDATE SET at = greatest(heartbeats.at, excluded.at)`,
          [AUDIT_SOURCE, at],
        );
      }
      const now = this.parts.clock.now();
      const raised = await raiseAlerts(
        manager,
        heard.flatMap((one) => this.#tampered(one)),
        now,
      );
      return [...raised, ...(await this.#resolveSilence(manager, now))];
    });
  }

  /** Raises silence, once for each time it falls silent; answers whether it did. */
  async lookAtClock(): Promise<boolean> {
    const { dataSource, clock } = this.parts;
    const now = clock.now();
    // Who has never been heard of counts from the first look; the row stays, so that a restart begins no new wait.
    await dataSource.query('INSERT INTO heartbeats (source, at) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
      AUDIT_SOURCE,
      new Date(now),
    ]);
    const last = await this.#lastHeard(dataSource.manager);
    if (now - last <= LONGEST_WITHOUT_AUDIT_MS) return false;
    const raised = await changeAlerts(this.parts, (manager) => raiseAlerts(manager, [this.#silence(last)], now));
    return raised.length > 0;
  }

  async #lastHeard(manager: EntityManager): Promise<number> {
    const [row] = await manager.query<{ at: Date }[]>('SELECT at FROM heartbeats WHERE source = $1', [AUDIT_SOURCE]);
    return row?.at.getTime() ?? 0;
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

  #silence(last: number): Holding {
    const { deployment } = this.parts;
    const sub = readRecordSubject(`${deployment}/${AUDIT_SOURCE}`);
    const tid = sha256Hash(new TextEncoder().encode(`${AUDIT_SOURCE} ${last}`)) as string as TokenId;
    const dueAt = new Date(last + LONGEST_WITHOUT_AUDIT_MS);
    return { sub, tid, code: 'pipeline.silent', ...this.#told(), missed: { dueAt, late: false } };
  }

  async #resolveSilence(manager: EntityManager, now: number): Promise<readonly Alert[]> {
    if (now - (await this.#lastHeard(manager)) > LONGEST_WITHOUT_AUDIT_MS) return [];
    const open = await manager.query<{ id: string }[]>(
      `SELECT id FROM alerts WHERE sub = $1 AND code = 'pipeline.silent' AND state <> 'resolved'`,
      [`${this.parts.deployment}/${AUDIT_SOURCE}`],
    );
    const gone = open.map(({ id }) => ({ id, reason: 'An audit has been finished since.' }));
    return resolveByThemselves(manager, gone, now);
  }

  #told() {
    return { parties: [this.parts.operator], responsible: this.parts.operator };
  }
}

function heartbeatIn({ value, offset }: RawMessage): AuditHeartbeat {
  try {
    return auditHeartbeat.parse(JSON.parse(value?.toString('utf8') ?? ''));
  } catch {
    throw new PoisonMessage(offset, 'not an audit');
  }
}
