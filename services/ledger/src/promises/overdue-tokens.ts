// Promised tokens that are not here when they should be. The hub has kept its word of what is recorded, and of what it says
// why not: what was refused, and what waits for its key (docs/protocol, section 8).

import type { DuePromise } from '@unbroken/contracts';
import type { TokenId } from '@unbroken/tokens';
import type { DataSource, EntityManager } from 'typeorm';

/** By the bytes where nothing is recorded: other bytes under the same token id may have been refused. */
const answered = (of: 'told' | 'overdue'): string =>
  `(EXISTS (SELECT FROM entries WHERE entries.tid = ${of}.tid)
    OR EXISTS (SELECT FROM refused WHERE refused.hash = ${of}.sum)
    OR EXISTS (SELECT FROM parked WHERE parked.hash = ${of}.sum))`;

/**
 * Remembers which of these are not here. One statement: a crash before its commit, and they are told again; after it they
 * are told again and are there.
 */
export async function noteOverdue(
  dataSource: DataSource,
  service: string,
  tokens: readonly DuePromise[],
): Promise<void> {
  await dataSource.query(
    `INSERT INTO overdue (sum, tid, service, due)
     SELECT sum, tid, $1, to_timestamp(due)
     FROM unnest($2::text[], $3::bytea[], $4::float8[]) AS told (tid, sum, due)
     WHERE NOT ${answered('told')}
     ON CONFLICT DO NOTHING`,
    [
      service,
      tokens.map(({ tid }) => tid),
      tokens.map(({ sum }) => Buffer.from(sum, 'base64url')),
      tokens.map(({ due }) => due),
    ],
  );
}

/** Forgets those that have come after all. */
export async function settleOverdue(manager: EntityManager): Promise<void> {
  await manager.query(`DELETE FROM overdue WHERE ${answered('overdue')}`);
}

export interface OverdueTokens {
  readonly count: number;
  /** The one that fell due first. */
  readonly first?: { readonly tid: TokenId; readonly due: Date };
}

export async function overdueTokens(manager: EntityManager): Promise<OverdueTokens> {
  const [first] = await manager.query<{ tid: TokenId; due: Date; count: string }[]>(
    'SELECT tid, due, count(*) OVER () AS count FROM overdue ORDER BY due, sum LIMIT 1',
  );
  return first === undefined ? { count: 0 } : { count: Number(first.count), first: { tid: first.tid, due: first.due } };
}
