// One page of chains, the worst first.

import type { ChainsQuery } from '@unbroken/contracts';
import type { DataSource } from 'typeorm';
import { readCursor, writeCursor } from './cursor.js';
import type { Place } from './cursor.js';
import type { Sought } from './search.js';
import { ROW_COLUMNS } from './shown-row.js';
import type { RowRecord } from './shown-row.js';

export interface FoundRows {
  readonly rows: readonly RowRecord[];
  /** Null on the last page. */
  readonly cursor: string | null;
}

/** @param sought every one of these must hold */
export async function findRows(
  database: DataSource,
  { group, after, limit }: Pick<ChainsQuery, 'group' | 'after' | 'limit'>,
  sought: readonly Sought[],
  closedToo: boolean,
): Promise<FoundRows> {
  const values: unknown[] = [];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const where = sought.map((one) => isSought(one, bind));
  if (group !== undefined) where.push(`chain_group = ${bind(group)}::chain_group`);
  else if (!closedToo) where.push(`chain_group < 'closed'`);
  if (after !== undefined) where.push(isBehind(readCursor(after), bind));
  const found = await database.query<(RowRecord & Place)[]>(
    `SELECT ${ROW_COLUMNS}, severity, since FROM rows WHERE ${['true', ...where].join(' AND ')}
     ORDER BY chain_group, severity, since, sub LIMIT ${bind(limit + 1)}`,
    values,
  );
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  return { rows, cursor: found.length > limit && last !== undefined ? writeCursor(last) : null };
}

function isSought({ subs, parties }: Sought, bind: (value: unknown) => string): string {
  const listed = `sub = ANY(${bind(subs)}::text[])`;
  return parties.length === 0 ? listed : `(${listed} OR parties && ${bind(parties)}::text[])`;
}

const isBehind = ({ chain_group, severity, since, sub }: Place, bind: (value: unknown) => string): string =>
  `(chain_group, severity, since, sub) >
   (${bind(chain_group)}::chain_group, ${bind(severity)}::chain_severity, ${bind(since)}::bigint, ${bind(sub)})`;
