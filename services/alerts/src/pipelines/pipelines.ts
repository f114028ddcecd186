// When each party's pipeline was heard of last, and since when without a break. Silence of a parcel means something only
// while whoever holds it is heard of otherwise.

import { isMalformed } from '@unbroken/custody';
import type { Recorded } from '@unbroken/custody';
import type { PartyId } from '@unbroken/tokens';
import type { EntityManager } from 'typeorm';
import { LONGEST_SILENCE_SECONDS, newestSigns } from './pipeline.js';
import type { SignOfLife } from './pipeline.js';

/** A sign so soon after one that is kept says nothing more. */
const WORTH_KEEPING_SECONDS = 60;

/** What was recorded with keys that count is a sign of life of who signed it. */
export const signsIn = (recorded: readonly Recorded[]): readonly SignOfLife[] =>
  recorded.flatMap((token) =>
    isMalformed(token) || token.standing.key === 'revoked'
      ? []
      : [{ party: token.claims.iss, at: Math.floor(token.recordedAt / 1000) }],
  );

export class Pipelines {
  /** Seconds, as this process has kept them: only what is worth a write is written. */
  readonly #kept = new Map<PartyId, number>();

  /** Those of the signs that are worth keeping, the newest of each party. */
  news(signs: readonly SignOfLife[]): readonly SignOfLife[] {
    return newestSigns(signs).filter(
      ({ party, at }) => at >= (this.#kept.get(party) ?? -Infinity) + WORTH_KEEPING_SECONDS,
    );
  }

  /** What was kept is committed. */
  committed(signs: readonly SignOfLife[]): void {
    for (const { party, at } of signs) this.#kept.set(party, Math.max(at, this.#kept.get(party) ?? 0));
  }
}

/**
 * In the transaction of who has heard it, as its last statement, for it locks the parties' rows. A crash before the commit
 * keeps nothing: what showed it comes again.
 */
export async function keepSigns(manager: EntityManager, signs: readonly SignOfLife[]): Promise<void> {
  if (signs.length === 0) return;
  const inOrder = signs.toSorted((a, b) => (a.party < b.party ? -1 : 1));
  await manager.query(
    `INSERT INTO pipelines AS known (party, since, spoke)
     SELECT party, at, at FROM unnest($1::text[], $2::bigint[]) AS sign (party, at)
     ON CONFLICT (party) DO UPDATE SET
       since = CASE WHEN known.spoke + ${LONGEST_SILENCE_SECONDS} < excluded.spoke THEN excluded.spoke ELSE known.since END,
       spoke = greatest(known.spoke, excluded.spoke)`,
    [inOrder.map(({ party }) => party), inOrder.map(({ at }) => at)],
  );
}

/** A pipeline of which nothing was heard for too long, while something waits to be heard of. Seconds. */
export interface SilentPipeline {
  readonly party: PartyId;
  /** Null: never. */
  readonly spoke: number | null;
  /** When something should have been heard of it. */
  readonly dueAt: number;
}

/** `now` in seconds. */
export async function silentPipelines(manager: EntityManager, now: number): Promise<readonly SilentPipeline[]> {
  const rows = await manager.query<{ party: PartyId; spoke: string | null; first: string }[]>(
    `SELECT pipeline AS party, spoke, min(deadlines.at) AS first FROM deadlines LEFT JOIN pipelines ON party = pipeline
     WHERE state = 'waits' GROUP BY pipeline, spoke
     HAVING min(deadlines.at) + $2 <= $1 AND (spoke IS NULL OR spoke + $2 <= $1)`,
    [now, LONGEST_SILENCE_SECONDS],
  );
  return rows.map(({ party, spoke, first }) => ({
    party,
    spoke: spoke === null ? null : Number(spoke),
    dueAt: Math.max(Number(spoke ?? 0), Number(first)) + LONGEST_SILENCE_SECONDS,
  }));
}

/** Those of the parties of which something was heard within the longest silence. `now` in seconds. */
export async function aliveAmong(
  manager: EntityManager,
  parties: readonly PartyId[],
  now: number,
): Promise<ReadonlySet<PartyId>> {
  const rows = await manager.query<{ party: PartyId }[]>(
    'SELECT party FROM pipelines WHERE party = ANY($1::text[]) AND spoke + $3 > $2',
    [parties, now, LONGEST_SILENCE_SECONDS],
  );
  return new Set(rows.map(({ party }) => party));
}
