// Writes what a batch brought to each chain: the next part of its history.

import { arrayLiteral, lines } from '@unbroken/platform';
import type { EntityManager } from 'typeorm';
import type { Folded } from './fold-batch.js';

/**
 * Another consumer of the same group folded these entries meanwhile, as happens for a moment after a rebalance. The
 * same batch, folded again, finds them done. The code is Postgres' own for such a conflict (serialization_failure), so
 * that it is waited out like any other.
 */
class FoldedMeanwhile extends Error {
  override readonly name = 'FoldedMeanwhile';
  readonly code = '40001';

  constructor() {
    super('another consumer folded these chains meanwhile');
  }
}

/** @throws FoldedMeanwhile when the history of one of them has grown since it was read */
export async function writeHistory(manager: EntityManager, folded: readonly Folded[]): Promise<void> {
  if (folded.length === 0) return;
  // Counted there: a row here for each part costs as much as writing it.
  const [written] = await manager.query<{ count: number }[]>(
    `WITH written AS (
       INSERT INTO chain_history (sub, part, recorded)
       SELECT * FROM unnest(string_to_array($1, E'\n'), $2::int[], string_to_array($3, E'\n')) AS given (sub, part, recorded) ORDER BY sub
       ON CONFLICT DO NOTHING RETURNING 1
     )
     SELECT count(*)::int AS count FROM written`,
    [
      lines(folded.map(({ sub }) => sub)),
      arrayLiteral(folded.map(({ parts }) => parts)),
      lines(folded.map(({ recorded }) => JSON.stringify(recorded))),
    ],
  );
  if ((written?.count ?? 0) < folded.length) throw new FoldedMeanwhile();
}
