// Deadlines in the database: they survive every restart, and any number of processes may keep them.

import { arrayLiteral, lines } from '@unbroken/platform';
import type { PartyId, ShipmentId } from '@unbroken/tokens';
import type { EntityManager } from 'typeorm';
import type { DeadlineState, KeptDeadline } from './follow-deadlines.js';
import { CATCHING_UP_SECONDS } from '../pipelines/pipeline.js';

interface DeadlineRow {
  readonly sub: ShipmentId;
  readonly code: KeptDeadline['code'];
  readonly tid: KeptDeadline['tid'];
  /** A bigint, which the driver gives as text. */
  readonly at: string;
  readonly state: DeadlineState;
  readonly heard_at: Date;
  readonly pipeline: PartyId | null;
}

const fromRow = ({ sub, code, tid, at, state, heard_at, pipeline }: DeadlineRow): KeptDeadline => ({
  sub,
  code,
  tid,
  at: Number(at),
  state,
  heardAt: heard_at.getTime(),
  ...(pipeline !== null && { pipeline }),
});

/**
 * The pipeline has been heard since the deadline passed; and where it had fallen silent before, it has been back for long
 * enough that what was held up has come through. All in seconds.
 */
const provenAlive = (now: string): string =>
  `spoke >= deadlines.at AND (since <= deadlines.at OR since + ${CATCHING_UP_SECONDS} <= ${now})`;

/** Everything kept of these chains, by chain. Their rows in `chains` are locked by the caller. */
export async function keptDeadlines(
  manager: EntityManager,
  subs: readonly ShipmentId[],
): Promise<ReadonlyMap<ShipmentId, readonly KeptDeadline[]>> {
  // A look for each chain: where the table was not analysed yet, as on the first day, the planner reads it whole for ANY.
  const rows = await manager.query<DeadlineRow[]>(
    `SELECT kept.* FROM unnest(string_to_array($1, E'\\n')) AS asked (sub)
     CROSS JOIN LATERAL (SELECT * FROM deadlines WHERE deadlines.sub = asked.sub OFFSET 0) AS kept`,
    [lines(subs)],
  );
  const kept = new Map<ShipmentId, KeptDeadline[]>();
  for (const deadline of rows.map(fromRow)) {
    const ofChain = kept.get(deadline.sub);
    if (ofChain === undefined) kept.set(deadline.sub, [deadline]);
    else ofChain.push(deadline);
  }
  return kept;
}

export async function writeDeadlines(manager: EntityManager, deadlines: readonly KeptDeadline[]): Promise<void> {
  if (deadlines.length === 0) return;
  await manager.query(
    `INSERT INTO deadlines (sub, code, tid, at, state, heard_at, pipeline)
     SELECT * FROM unnest(string_to_array($1, E'\\n'), $2::text[], string_to_array($3, E'\\n'), $4::bigint[], $5::text[], $6::timestamptz[], $7::text[])
     ON CONFLICT (sub, code, tid) DO UPDATE SET
       at = excluded.at, state = excluded.state, heard_at = excluded.heard_at, pipeline = excluded.pipeline`,
    [
      lines(deadlines.map(({ sub }) => sub)),
      arrayLiteral(deadlines.map(({ code }) => code)),
      lines(deadlines.map(({ tid }) => tid)),
      arrayLiteral(deadlines.map(({ at }) => at)),
      arrayLiteral(deadlines.map(({ state }) => state)),
      arrayLiteral(deadlines.map(({ heardAt }) => new Date(heardAt).toISOString())),
      arrayLiteral(deadlines.map(({ pipeline }) => pipeline ?? null)),
    ],
  );
}

/**
 * Chains in which something is to be raised: pending and due, or waiting for a pipeline that is proven alive by now; the
 * longest overdue first. Incidents' clocks are kept by theirs. `now` in milliseconds.
 */
export async function chainsWithDueDeadlines(
  manager: EntityManager,
  now: number,
  limit: number,
): Promise<readonly ShipmentId[]> {
  const rows = await manager.query<{ sub: ShipmentId }[]>(
    `SELECT sub FROM (
       SELECT sub, at FROM deadlines WHERE state = 'pending' AND at <= $1 AND code <> 'incident.clock'
       UNION ALL
       SELECT sub, deadlines.at FROM deadlines JOIN pipelines ON party = pipeline
       WHERE state = 'waits' AND ${provenAlive('$1')}
     ) due GROUP BY sub ORDER BY min(at) LIMIT $2`,
    [Math.floor(now / 1000), limit],
  );
  return rows.map(({ sub }) => sub);
}

/**
 * Marks what is due in these chains as raised, and returns it: each once. What depends on a pipeline of which nothing was
 * heard since it fell due waits for that. `heardAt`: only those that were first heard of then.
 */
export async function takeDueDeadlines(
  manager: EntityManager,
  subs: readonly ShipmentId[],
  now: number,
  heardAt?: number,
): Promise<readonly KeptDeadline[]> {
  const rows = await manager.query<DeadlineRow[]>(
    `WITH due AS (
       UPDATE deadlines SET state = CASE
         WHEN pipeline IS NULL OR EXISTS (SELECT FROM pipelines WHERE party = pipeline AND ${provenAlive('$2')})
         THEN 'raised' ELSE 'waits' END
       WHERE sub = ANY($1::text[]) AND state IN ('pending', 'waits') AND at <= $2
         AND ($3::timestamptz IS NULL OR heard_at = $3)
       RETURNING *
     )
     SELECT * FROM due WHERE state = 'raised'`,
    [subs, Math.floor(now / 1000), heardAt === undefined ? null : new Date(heardAt)],
  );
  return rows.map(fromRow);
}
