import { describe, expect, it } from '@jest/globals';
import type { ChainRow, ChainsPage, GroupCounts } from '@unbroken/contracts';
import { mergeRows } from './merge-rows.js';

const counts = (late: number) => ({ late }) as GroupCounts;

/** A row of which only its place in the order is said: `minute` since when it waits. */
const row = (sub: string, group: ChainRow['group'], minute: number, change = 1) =>
  ({ sub, group, change, worst: null, heldSince: `2026-11-21T10:${minute}:00.000Z`, findings: 0 }) as ChainRow;

const page = (chains: ChainRow[], cursor: string | null = null): ChainsPage => ({
  chains,
  cursor,
  counts: counts(0),
  change: 1,
});

const onTheWay = [row('A', 'on-the-way', 10), row('B', 'on-the-way', 20), row('C', 'on-the-way', 30)];
const subs = (pages: readonly ChainsPage[]) => pages.flatMap(({ chains }) => chains.map(({ sub }) => sub)).join('');
const merged = (told: ChainRow[], filter = {}, pages = [page(onTheWay)]) =>
  subs(mergeRows(pages, { rows: told, counts: counts(7) }, filter));

describe('changed rows in a list that was fetched before', () => {
  it('got worse → moves up; came new → stands where it belongs', () => {
    expect(merged([row('C', 'wrong-hands', 40, 2)])).toBe('CAB');
    expect(merged([row('D', 'on-the-way', 15, 2)])).toBe('ADBC');
  });

  it('closed → gone from the open ones, and new among the closed, the newest first', () => {
    const closed = (sub: string, minute: number) => ({
      ...row(sub, 'closed', 10, 2),
      updatedAt: `2026-11-21T11:${minute}:00.000Z`,
    });
    expect(merged([closed('B', 30)])).toBe('AC');
    expect(merged([closed('B', 30)], { group: 'closed' }, [page([closed('X', 20), closed('Y', 10)])])).toBe('BXY');
  });

  it('older than what the list has → changes nothing but the counts', () => {
    const [told] = mergeRows(
      [page([row('A', 'late', 10, 9)])],
      { rows: [row('A', 'lost', 10, 3)], counts: counts(7) },
      {},
    );
    expect(told?.chains[0]).toMatchObject({ group: 'late', change: 9 });
    expect(told?.counts.late).toBe(7);
  });

  it('told twice → as if told once', () => {
    const told = { rows: [row('C', 'lost', 40, 2)], counts: counts(1) };
    const once = mergeRows([page(onTheWay)], told, {});
    expect(subs(mergeRows(once, told, {}))).toBe(subs(once));
  });

  it('belongs behind the last fetched row → left for its own page', () => {
    const pages = [page(onTheWay.slice(0, 2), 'next')];
    expect(merged([row('D', 'on-the-way', 59, 2)], {}, pages)).toBe('AB');
    expect(merged([row('D', 'on-the-way', 15, 2)], {}, pages)).toBe('ADB');
  });

  it('several pages → their cursors stay, so that the list goes on where it was', () => {
    const pages = [page(onTheWay.slice(0, 2), 'second'), page(onTheWay.slice(2), 'third')];
    const result = mergeRows(pages, { rows: [row('D', 'late', 15, 2)], counts: counts(1) }, {});
    expect(subs(result)).toBe('DABC');
    expect(result.map(({ cursor }) => cursor)).toEqual(['second', 'third']);
  });

  it('a search → keeps what it found up to date and takes in nothing else', () => {
    expect(merged([row('A', 'late', 10, 2), row('D', 'late', 10, 2)], { q: 'x' })).toBe('ABC');
  });

  it('a place among ten thousand → found fast enough for five messages a second', () => {
    const many = Array.from({ length: 10_000 }, (_, at) => ({
      ...row(String(at).padStart(5, '0'), 'on-the-way', 10),
      heldSince: new Date(1_763_700_000_000 + at * 1000).toISOString(),
    }));
    const told = Array.from({ length: 300 }, (_, at) => row(`N${at}`, 'late', 10, 2));
    const before = performance.now();
    expect(mergeRows([page(many)], { rows: told, counts: counts(1) }, {})[0]?.chains).toHaveLength(10_300);
    expect(performance.now() - before).toBeLessThan(200);
  });
});
