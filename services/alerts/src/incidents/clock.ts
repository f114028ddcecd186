// The 72 hours of GDPR Art. 33: alerts 24, 48 and 72 hours after somebody was aware. They are deadlines like any other, in the
// same table: they survive every restart, and what fell due while nobody was there is raised once, marked late.

import { createHash } from 'node:crypto';
import { awareParties, incidentSubject } from '@unbroken/contracts';
import type { IncidentClock } from '@unbroken/contracts';
import type { Clock } from '@unbroken/platform';
import { base64url } from '@unbroken/tokens';
import type { PartyId, TokenId } from '@unbroken/tokens';
import type { EntityManager } from 'typeorm';
import type { Alert, Holding } from '../alerts/alert.js';
import { changeAlerts } from '../alerts/change-alerts.js';
import type { ChangePorts } from '../alerts/change-alerts.js';
import { resolveByThemselves } from '../alerts/decide-alerts.js';
import { raiseAlerts } from '../alerts/raise-alerts.js';
import { filesOf } from './incident-store.js';
import { stateOf } from './incident-state.js';

const HOUR_S = 3_600;
const HOURS = [24, 48, 72] as const;
const AT_ONCE = 200;

export interface Mark {
  readonly aware: (typeof awareParties)[number];
  readonly hours: number;
  /** Seconds. */
  readonly at: number;
  readonly tid: TokenId;
}

/** All marks of an incident's clock, in order of time. Pure. */
export const marksOf = (id: string, { controllerAware, processorAware }: IncidentClock): readonly Mark[] =>
  awareParties
    .flatMap((aware) => {
      const since = aware === 'controller' ? controllerAware : processorAware;
      return since === null ? [] : HOURS.map((hours) => markOf(id, aware, hours, Date.parse(since)));
    })
    .sort((a, b) => a.at - b.at);

function markOf(id: string, aware: Mark['aware'], hours: number, since: number): Mark {
  const digest = createHash('sha256').update(`${id} ${aware} ${hours}`).digest();
  const tid = base64url.encode(new Uint8Array(digest)) as TokenId;
  return { aware, hours, at: Math.ceil(since / 1000) + hours * HOUR_S, tid };
}

/**
 * Keeps the marks of a clock that somebody has started for `aware`. Of those that have passed already only the last is an
 * alert: each says all that the ones before it say. `now` in milliseconds.
 */
export async function startClock(
  manager: EntityManager,
  sub: string,
  marks: readonly Mark[],
  now: number,
): Promise<void> {
  const passed = marks.filter(({ at }) => at * 1000 <= now).slice(0, -1);
  await manager.query(
    `INSERT INTO deadlines (sub, code, tid, at, state, heard_at)
     SELECT $1, 'incident.clock', tid, at, state, $5 FROM unnest($2::text[], $3::bigint[], $4::text[]) AS mark (tid, at, state)
     ON CONFLICT DO NOTHING`,
    [
      sub,
      marks.map(({ tid }) => tid),
      marks.map(({ at }) => at),
      marks.map((mark) => (passed.includes(mark) ? 'met' : 'pending')),
      new Date(now),
    ],
  );
}

/** Somebody has said what comes of it: nothing falls due any more, and what is raised is resolved. */
export async function stopClock(manager: EntityManager, sub: string, now: number): Promise<readonly Alert[]> {
  await manager.query(`UPDATE deadlines SET state = 'met' WHERE sub = $1 AND code = 'incident.clock'`, [sub]);
  const open = await manager.query<{ id: string }[]>(
    `SELECT id FROM alerts WHERE sub = $1 AND code = 'incident.clock' AND state <> 'resolved'`,
    [sub],
  );
  const reason = 'The clock was stopped: it is said whether the authority is notified.';
  return resolveByThemselves(
    manager,
    open.map(({ id }) => ({ id, reason })),
    now,
  );
}

export interface IncidentClocksParts extends ChangePorts {
  readonly clock: Clock;
  readonly deployment: string;
}

interface DueRow {
  readonly id: string;
  readonly owner: PartyId;
  readonly tid: TokenId;
  readonly at: string;
  readonly heard_at: Date;
}

export class IncidentClocks {
  readonly #startedAt: number;

  constructor(private readonly parts: IncidentClocksParts) {
    this.#startedAt = parts.clock.now();
  }

  /**
   * Raises what has fallen due, each once. A crash before the commit leaves it pending; after it it is raised and will be
   * told. Answers whether there may be more.
   */
  async lookAtClock(): Promise<boolean> {
    const { clock, dataSource } = this.parts;
    const now = clock.now();
    const seconds = Math.floor(now / 1000);
    const [waiting] = await dataSource.query<object[]>(
      `SELECT FROM deadlines WHERE code = 'incident.clock' AND state = 'pending' AND at <= $1 LIMIT 1`,
      [seconds],
    );
    if (waiting === undefined) return false;
    let taken = 0;
    await changeAlerts(this.parts, async (manager) => {
      const due = await manager.query<DueRow[]>(
        `WITH due AS (
           SELECT sub, code, tid FROM deadlines WHERE code = 'incident.clock' AND state = 'pending' AND at <= $1
           ORDER BY at LIMIT ${AT_ONCE} FOR UPDATE SKIP LOCKED
         ), taken AS (
           UPDATE deadlines SET state = 'raised' FROM due
           WHERE (deadlines.sub, deadlines.code, deadlines.tid) = (due.sub, due.code, due.tid) RETURNING deadlines.*
         )
         SELECT incidents.id, owner, tid, at, heard_at FROM taken
         JOIN incidents ON incidents.id = split_part(sub, '/incident/', 2)::uuid`,
        [seconds],
      );
      taken = due.length;
      return taken === 0 ? [] : raiseAlerts(manager, await this.#holding(manager, due), now);
    });
    return taken === AT_ONCE;
  }

  async #holding(manager: EntityManager, due: readonly DueRow[]): Promise<Holding[]> {
    const files = await filesOf(manager, [...new Set(due.map(({ id }) => id))]);
    return due.map(({ id, owner, tid, at, heard_at }) => {
      const mark = marksOf(id, stateOf(files.get(id) ?? []).clock).find((known) => known.tid === tid);
      const dueAt = new Date(Number(at) * 1000);
      const late = dueAt.getTime() < Math.max(heard_at.getTime(), this.#startedAt);
      const sub = incidentSubject(this.parts.deployment, id);
      const told = { parties: [owner], responsible: owner };
      return { sub, tid, code: 'incident.clock', ...told, refusal: wordsOf(mark), missed: { dueAt, late } };
    });
  }
}

const wordsOf = (mark: Mark | undefined): string =>
  mark === undefined
    ? 'Hours of the 72 have passed'
    : `${mark.hours === 72 ? 'The 72 hours are over' : `${mark.hours} of 72 hours have passed`} since the ${mark.aware} was aware of an incident`;
