// Chains as they stand, set aside in a table for when their turn comes again and memory has forgotten them: the state is
// read then, and not a history to be folded whole. It is memory that does not fit into memory, and no more: the table is
// unlogged (a crash of Postgres empties it), and only who set a state aside uses it, so that a newer version with other
// rules never goes on from what an older one made. Whatever is missing here is folded from its history.

import { randomUUID } from 'node:crypto';
import { advance, follows, summaryOf } from '@unbroken/custody';
import { arrayLiteral, lines } from '@unbroken/platform';
import type { ChainSummary, Recorded } from '@unbroken/custody';
import type { ShipmentId } from '@unbroken/tokens';
import type { EntityManager } from 'typeorm';
import type { Folded, StoredChain } from './fold-batch.js';

interface Row {
  readonly sub: ShipmentId;
  readonly state: string;
  /** A bigint, which the driver gives as text. */
  readonly last_index: string;
  readonly part: number;
  /** Parts of the history that were written since, in their order, a line each; null for none. */
  readonly later: string | null;
  readonly last_part: number | null;
}

export class SetAside {
  readonly #by = randomUUID();
  #hasTidied = false;

  /** Those of these chains that were set aside by this process and still go on from there. */
  async of(manager: EntityManager, subs: readonly ShipmentId[]): Promise<Map<ShipmentId, StoredChain>> {
    if (subs.length === 0) return new Map();
    const rows = await manager.query<Row[]>(
      `SELECT aside.sub, aside.state, aside.last_index, aside.part, since.later, since.last_part
       FROM unnest(string_to_array($1, E'\\n')) AS asked (sub)
       JOIN chains_aside AS aside ON aside.sub = asked.sub AND aside.set_by = $2
       LEFT JOIN LATERAL (
         SELECT string_agg(recorded, E'\\n' ORDER BY part) AS later, max(part) AS last_part
         FROM chain_history WHERE chain_history.sub = aside.sub AND chain_history.part > aside.part
       ) AS since ON true`,
      [lines(subs), this.#by],
    );
    return new Map(rows.flatMap((row) => continued(row)));
  }

  /** Those that a batch has closed, in its transaction: nobody asks for them again. */
  async forget(manager: EntityManager, folded: readonly Folded[]): Promise<void> {
    const closed = folded.filter(({ after }) => after.closed);
    if (closed.length === 0) return;
    await manager.query('DELETE FROM chains_aside WHERE sub = ANY($1::text[])', [
      arrayLiteral(closed.map(({ sub }) => sub)),
    ]);
  }

  /** What a batch made of chains that had to be read, in its transaction. What is closed is not set aside. */
  async keep(manager: EntityManager, folded: readonly Folded[]): Promise<void> {
    const open = folded.filter(({ after }) => !after.closed);
    if (open.length === 0) return;
    if (!this.#hasTidied) await this.#tidy(manager);
    await manager.query(
      `INSERT INTO chains_aside (sub, part, last_index, set_by, state)
       SELECT sub, part, last_index, $5, state
       FROM unnest(string_to_array($1, E'\\n', ''), $2::int[], $3::bigint[], string_to_array($4, E'\\n', ''))
         AS given (sub, part, last_index, state)
       ORDER BY sub
       ON CONFLICT (sub) DO UPDATE SET
         part = excluded.part, last_index = excluded.last_index, set_by = excluded.set_by, state = excluded.state`,
      [
        lines(open.map(({ sub }) => sub)),
        arrayLiteral(open.map(({ parts }) => parts)),
        arrayLiteral(open.map(({ recorded }) => recorded.at(-1)?.index ?? -1)),
        lines(open.map(({ after }) => JSON.stringify(after))),
        this.#by,
      ],
    );
  }

  /** Removes what processes have left that are no more. One that lives loses what it set aside, and folds that anew. */
  async #tidy(manager: EntityManager): Promise<void> {
    await manager.query('DELETE FROM chains_aside WHERE set_by <> $1', [this.#by]);
    this.#hasTidied = true;
  }
}

/** The chain with what was folded since, where that simply follows. */
function continued({ sub, state, last_index, part, later, last_part }: Row): [ShipmentId, StoredChain][] {
  // In the shape of all others.
  let chain: ChainSummary = summaryOf(JSON.parse(state) as ChainSummary);
  let lastIndex = Number(last_index);
  for (const line of later?.split('\n') ?? []) {
    for (const recorded of JSON.parse(line) as Recorded[]) {
      if (!follows(chain, recorded)) return [];
      chain = advance(chain, recorded);
      lastIndex = recorded.index;
    }
  }
  return [[sub, { state: chain, lastIndex, parts: (last_part ?? part) + 1 }]];
}
