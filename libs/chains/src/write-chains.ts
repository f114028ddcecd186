// Writes the chains of a batch, and never an older state over a newer one.

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

/** Raised when the same history would give another state; see the migration. */
export const FOLD_VERSION = 2;

export async function writeChains(manager: EntityManager, folded: readonly Folded[]): Promise<void> {
  if (folded.length === 0) return;
  await writeStates(manager, folded);
  await manager.query(
    "INSERT INTO chain_history (sub, first, recorded) SELECT * FROM unnest($1::text[], $2::bigint[], string_to_array($3, E'\\n')::json[])",
    [
      folded.map(({ sub }) => sub),
      folded.map(({ recorded }) => recorded[0]?.index),
      inLines(folded.map(({ recorded }) => recorded)),
    ],
  );
}

/** JSON has no line breaks of its own: split by them, nothing has to be escaped, as in an array it would. */
const inLines = (values: readonly object[]): string => values.map((value) => JSON.stringify(value)).join('\n');

async function writeStates(manager: EntityManager, folded: readonly Folded[]): Promise<void> {
  const states = folded.map(({ after }) => after);
  const written: unknown[] = await manager.query(
    `INSERT INTO chains AS known (sub, state, last_index, status, sender, holder, responsible, consignee, offered_to,
                                  policy, due, parties, updated_at, fold)
     SELECT sub, state::json, last_index, status, sender, holder, responsible, consignee, offered_to,
            policy, to_timestamp(due), string_to_array(parties, ' '), to_timestamp(updated_at), ${FOLD_VERSION}
     FROM unnest($1::text[], string_to_array($2, E'\n'), $3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
                 $9::text[], $10::text[], $11::float8[], $12::text[], $13::float8[])
       AS chain (sub, state, last_index, status, sender, holder, responsible, consignee, offered_to,
                 policy, due, parties, updated_at)
     ORDER BY sub
     ON CONFLICT (sub) DO UPDATE SET
       state = excluded.state, last_index = excluded.last_index, status = excluded.status, sender = excluded.sender,
       holder = excluded.holder, responsible = excluded.responsible, consignee = excluded.consignee,
       offered_to = excluded.offered_to, policy = excluded.policy, due = excluded.due, parties = excluded.parties,
       updated_at = excluded.updated_at, fold = excluded.fold
     WHERE known.last_index < excluded.last_index
     RETURNING 1`,
    [
      states.map(({ sub }) => sub),
      inLines(states),
      folded.map(({ recorded }) => recorded.at(-1)?.index),
      states.map(({ status }) => status),
      states.map(({ sender }) => sender),
      states.map(({ holder }) => holder),
      states.map(({ responsible }) => responsible),
      states.map(({ consignee }) => consignee),
      states.map(({ offer }) => offer?.to ?? null),
      states.map(({ policy }) => policy),
      states.map(({ due }) => due),
      states.map(({ parties }) => parties.join(' ')),
      states.map(({ recordedAt }) => recordedAt / 1000),
    ],
  );
  if (written.length < folded.length) throw new FoldedMeanwhile();
}
