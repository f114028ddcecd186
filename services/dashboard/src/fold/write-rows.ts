// Writes the rows of one batch and gives each its change number.
//
// A number must never be seen before a lower one, or a page that has read up to it would miss the lower. So the numbers
// are drawn from the one row of `stream`, whose lock is held until the commit: commits happen in the order of the
// numbers. The lock also makes this the only transaction that reads alerts and chains to write rows from them; see
// Picture. It is taken last, after everything that can be done beside others.

import { arrayLiteral, lines } from '@unbroken/platform';
import type { EntityManager } from 'typeorm';
import type { PlacedRow } from './kept-row.js';

/** Until the transaction ends nobody else writes rows. */
export async function holdStream(manager: EntityManager): Promise<void> {
  await manager.query('SELECT 1 FROM stream FOR UPDATE');
}

/** Draws `count` numbers; returns the one before the first. Until the transaction ends nobody else draws any. */
export async function drawChanges(manager: EntityManager, count: number): Promise<number> {
  const [stream] = await manager.query<{ before: string }[]>(
    `WITH drawn AS (UPDATE stream SET change = change + $1::int RETURNING change - $1::int AS before)
     SELECT before FROM drawn`,
    [count],
  );
  if (stream === undefined) throw new Error('stream has lost its row; its migration makes it');
  return Number(stream.before);
}

/** One statement: the rows, and how many chains are in each group by them. */
export async function writeRows(manager: EntityManager, rows: readonly PlacedRow[], before: number): Promise<void> {
  await manager.query(
    `WITH fresh AS (
       SELECT sub, chain_group, severity, since, string_to_array(parties, ' ') AS parties, shown,
              $7::bigint + place AS change
       FROM unnest($1::text[], $2::chain_group[], $3::chain_severity[], $4::bigint[], $5::text[],
                   string_to_array($6, E'\\n'))
         WITH ORDINALITY AS fresh (sub, chain_group, severity, since, parties, shown, place)
     ), known AS (
       SELECT chain_group FROM rows WHERE sub = ANY($1::text[])
     ), written AS (
       INSERT INTO rows (sub, change, chain_group, severity, since, parties, shown)
       SELECT sub, change, chain_group, severity, since, parties, shown::json FROM fresh
       ON CONFLICT (sub) DO UPDATE SET
         change = excluded.change, chain_group = excluded.chain_group, severity = excluded.severity,
         since = excluded.since, parties = excluded.parties, shown = excluded.shown
     ), moved AS (
       SELECT chain_group, sum(chains)::bigint AS chains
       FROM (SELECT chain_group, 1 AS chains FROM fresh UNION ALL SELECT chain_group, -1 FROM known) AS moves
       GROUP BY chain_group HAVING sum(chains) <> 0
     )
     UPDATE counts SET chains = counts.chains + moved.chains FROM moved WHERE counts.chain_group = moved.chain_group`,
    [
      arrayLiteral(rows.map(({ sub }) => sub)),
      arrayLiteral(rows.map(({ group }) => group)),
      arrayLiteral(rows.map(({ severity }) => severity)),
      arrayLiteral(rows.map(({ since }) => Math.round(since))),
      arrayLiteral(rows.map(({ parties }) => parties.join(' '))),
      lines(rows.map(({ kept }) => JSON.stringify(kept))),
      before,
    ],
  );
}
