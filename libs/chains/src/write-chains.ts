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

/** @throws FoldedMeanwhile */
export async function writeChains(manager: EntityManager, folded: readonly Folded[]): Promise<void> {
  if (folded.length === 0) return;
  // In one order everywhere, so that two transactions hardly ever wait for each other.
  const inOrder = folded.toSorted((a, b) => (a.sub < b.sub ? -1 : 1));
  const isNew = ({ lastIndex }: Folded): boolean => lastIndex < 0;
  await insertRows(manager, inOrder.filter(isNew));
  await updateRows(
    manager,
    inOrder.filter((chain) => !isNew(chain)),
  );
  await manager.query(
    `INSERT INTO chain_history (sub, first, recorded)
     SELECT * FROM unnest($1::text[], $2::bigint[], string_to_array($3, E'\n')::json[])`,
    [
      folded.map(({ sub }) => sub),
      folded.map(({ recorded }) => recorded[0]?.index),
      inLines(folded.map(({ recorded }) => recorded)),
    ],
  );
}

/** JSON has no line breaks of its own: split by them, nothing has to be escaped, as in an array it would. */
const inLines = (values: readonly object[]): string => values.map((value) => JSON.stringify(value)).join('\n');

const COLUMNS =
  'sub, last_index, status, sender, holder, responsible, consignee, offered_to, policy, due, parties, updated_at';

/** The chains as a table `chain` of these columns. */
const CHAIN = `
  (SELECT sub, last_index, status, sender, holder, responsible, consignee, offered_to, policy,
          to_timestamp(due) AS due, string_to_array(parties, ' ') AS parties, to_timestamp(updated_at) AS updated_at,
          expected
   FROM unnest($1::text[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
               $9::text[], $10::float8[], $11::text[], $12::float8[], $13::bigint[])
     AS given (${COLUMNS}, expected)) AS chain`;

const parameters = (folded: readonly Folded[]): unknown[] => {
  const states = folded.map(({ after }) => after);
  return [
    states.map(({ sub }) => sub),
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
    folded.map(({ lastIndex }) => lastIndex),
  ];
};

async function insertRows(manager: EntityManager, folded: readonly Folded[]): Promise<void> {
  if (folded.length === 0) return;
  const written: unknown[] = await manager.query(
    `INSERT INTO chains (${COLUMNS})
     SELECT ${COLUMNS} FROM ${CHAIN} ORDER BY sub
     ON CONFLICT (sub) DO NOTHING RETURNING 1`,
    parameters(folded),
  );
  if (written.length < folded.length) throw new FoldedMeanwhile();
}

/** Only where the chain is as it was when these entries were folded into it. */
async function updateRows(manager: EntityManager, folded: readonly Folded[]): Promise<void> {
  if (folded.length === 0) return;
  const [, written] = await manager.query<[unknown, number]>(
    `UPDATE chains AS known SET
       last_index = chain.last_index, status = chain.status, sender = chain.sender,
       holder = chain.holder, responsible = chain.responsible, consignee = chain.consignee,
       offered_to = chain.offered_to, policy = chain.policy, due = chain.due, parties = chain.parties,
       updated_at = chain.updated_at
     FROM ${CHAIN} WHERE known.sub = chain.sub AND known.last_index = chain.expected`,
    parameters(folded),
  );
  if (written < folded.length) throw new FoldedMeanwhile();
}
