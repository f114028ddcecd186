import { afterEach, describe, expect, it } from '@jest/globals';
import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { waitFor } from '@unbroken/testing';
import type { ChainRow, ChainsPage, GroupCounts } from '@unbroken/contracts';
import { chainsQuery } from '../hub/chains.js';
import { keepTrue } from './keep-true.js';
import { LatelyChanged } from './lately-changed.js';

const row = (sub: string, group: ChainRow['group'], change: number) =>
  ({
    sub,
    group,
    change,
    worst: null,
    heldSince: '2026-11-21T10:00:00.000Z',
    updatedAt: '2026-11-21T10:00:00.000Z',
  }) as ChainRow;
const page = (chains: ChainRow[], change: number): ChainsPage => ({
  chains,
  counts: {} as GroupCounts,
  cursor: null,
  change,
});
const rowsMessage = (...rows: ChainRow[]) => ({ event: 'rows', data: JSON.stringify({ rows, counts: {} }) });

const queries = new QueryClient();
const live = () => keepTrue(queries, new LatelyChanged());
const list = chainsQuery({});
const groupsShown = () =>
  queries.getQueryData(list.queryKey)?.pages.flatMap(({ chains }) => chains.map(({ group }) => group));

afterEach(() => queries.clear());

describe('what the page has kept', () => {
  it('a row is told → every list that shows it has it', () => {
    queries.setQueryData(list.queryKey, { pages: [page([row('A', 'on-the-way', 1)], 1)], pageParams: [null] });
    live().heard(rowsMessage(row('A', 'wrong-hands', 2)));
    expect(groupsShown()).toEqual(['wrong-hands']);
  });

  it('an answer on its way that is older than the news → does not undo it', async () => {
    let answer: (value: ChainsPage) => void = () => undefined;
    const asked = new Promise<ChainsPage>((resolve) => (answer = resolve));
    const fetched = queries.infiniteQuery({ ...list, queryFn: () => asked });
    queries.setQueryData(list.queryKey, { pages: [page([row('A', 'on-the-way', 1)], 1)], pageParams: [null] });
    live().heard(rowsMessage(row('A', 'wrong-hands', 3)));
    answer(page([row('A', 'late', 2)], 2));
    await fetched;
    expect(groupsShown()).toEqual(['wrong-hands']);
  });

  it('a chain that is open is told → asked for again; another one is not', async () => {
    const asked: string[] = [];
    const watch = (sub: string) =>
      new QueryObserver(queries, {
        queryKey: ['chain', sub],
        queryFn: () => asked.push(sub),
        staleTime: Infinity,
      }).subscribe(() => undefined);
    const stops = [watch('A'), watch('B')];
    await waitFor(() => asked.length === 2, { what: 'both chains' });
    live().heard(rowsMessage(row('A', 'late', 2)));
    await waitFor(() => asked.length === 3, { what: 'the changed one again' });
    expect(asked).toEqual(['A', 'B', 'A']);
    stops.forEach((stop) => stop());
  });
});
