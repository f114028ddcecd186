// What the stream tells, brought into a list that was fetched page by page.

import type { ChainRow, ChainsPage, StreamRows } from '@unbroken/contracts';
import type { ChainsFilter } from '../hub/chains.js';
import { worstFirst } from './worst-first.js';

/**
 * The pages with the told rows in their places. A row that the filter does not show is taken out, and one that belongs
 * behind the last fetched row is left for its own page. Older news than what the list has changes nothing, so telling
 * twice does no harm.
 */
export function mergeRows(pages: readonly ChainsPage[], told: StreamRows, filter: ChainsFilter): ChainsPage[] {
  const [first, ...others] = pages;
  const last = pages.at(-1);
  if (first === undefined || last === undefined) return [];

  const had = pages.flatMap(({ chains }) => chains);
  const known = new Map(had.map((row) => [row.sub, row]));
  const news = told.rows.filter(({ sub, change }) => change > (known.get(sub)?.change ?? 0));
  const counted = { ...first, counts: told.counts };
  if (news.length === 0) return [counted, ...others];

  const changed = new Set(news.map(({ sub }) => sub));
  const chains = had.filter(({ sub }) => !changed.has(sub));
  const end = last.cursor === null ? undefined : had.at(-1);
  const shown = news.filter((row) => belongs(row, filter, known) && (end === undefined || worstFirst(row, end) <= 0));
  for (const row of shown) chains.splice(placeOf(row, chains), 0, row);
  // All rows move to the first page: the others keep their cursors, by which the list goes on.
  return [{ ...counted, chains }, ...others.map((page) => ({ ...page, chains: [] }))];
}

/** What a search finds only the hub knows; until it is asked again, a list of findings gets no new rows. */
function belongs(row: ChainRow, { group, q }: ChainsFilter, known: ReadonlyMap<string, ChainRow>): boolean {
  if (q !== undefined && !known.has(row.sub)) return false;
  if (group !== undefined) return row.group === group;
  return q !== undefined || row.group !== 'closed';
}

/** The list is in order already: halving finds the place in ten thousand rows with a few comparisons. */
function placeOf(row: ChainRow, sorted: readonly ChainRow[]): number {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    const other = sorted[middle];
    if (other !== undefined && worstFirst(other, row) < 0) from = middle + 1;
    else to = middle;
  }
  return from;
}
