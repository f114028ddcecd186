// Writes the chains of a batch in one statement, and never an older state over a newer one.

import type { EntityManager } from 'typeorm';
import type { StoredChain } from './fold-batch.js';

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

export async function writeChains(manager: EntityManager, chains: readonly StoredChain[]): Promise<void> {
  if (chains.length === 0) return;
  const states = chains.map(({ state }) => state);
  const written: unknown[] = await manager.query(
    `INSERT INTO chains AS known (sub, state, last_index, status, sender, holder, responsible, consignee, offered_to,
                                  policy, due, parties, updated_at)
     SELECT sub, state::json, last_index, status, sender, holder, responsible, consignee, offered_to,
            policy, to_timestamp(due), string_to_array(parties, ' '), to_timestamp(updated_at)
     FROM unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
                 $9::text[], $10::text[], $11::float8[], $12::text[], $13::float8[])
       AS chain (sub, state, last_index, status, sender, holder, responsible, consignee, offered_to,
                 policy, due, parties, updated_at)
     ORDER BY sub
     ON CONFLICT (sub) DO UPDATE SET
       state = excluded.state, last_index = excluded.last_index, status = excluded.status, sender = excluded.sender,
       holder = excluded.holder, responsible = excluded.responsible, consignee = excluded.consignee,
       offered_to = excluded.offered_to, policy = excluded.policy, due = excluded.due, parties = excluded.parties,
       updated_at = excluded.updated_at
     WHERE known.last_index < excluded.last_index
     RETURNING 1`,
    [
      states.map(({ sub }) => sub),
      states.map((state) => JSON.stringify(state)),
      chains.map(({ lastIndex }) => lastIndex),
      states.map(({ status }) => status),
      states.map(({ sender }) => sender),
      states.map(({ holder }) => holder),
      states.map(({ responsible }) => responsible),
      states.map(({ consignee }) => consignee),
      states.map(({ offer }) => offer?.to ?? null),
      states.map(({ policy }) => policy),
      states.map(({ due }) => due),
      states.map(({ parties }) => parties.join(' ')),
      states.map(({ history }) => (history.at(-1)?.recordedAt ?? 0) / 1000),
    ],
  );
  if (written.length < chains.length) throw new FoldedMeanwhile();
}
