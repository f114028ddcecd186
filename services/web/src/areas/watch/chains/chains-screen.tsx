// The first screen: every open chain, the worst first.

import { Title, VisuallyHidden } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { chainsQuery } from '../../../hub/chains.js';
import { count } from '../../../words/count.js';
import { NotTold } from '../not-told.js';
import { ChainsTable } from './chains-table.js';
import { FilterLine, shownCount } from './filter-line.js';
import { NoChains } from './no-chains.js';

export function ChainsScreen() {
  const filter = useSearch({ from: '/' });
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(chainsQuery(filter));
  const rows = useMemo(() => data?.pages.flatMap(({ chains }) => chains), [data]);
  const counts = data?.pages[0]?.counts;
  // How many a search finds is known when its last page is there.
  const total = counts === undefined || filter.q !== undefined ? undefined : shownCount(counts, filter.group);
  const wrong = counts?.['wrong-hands'] ?? 0;
  return (
    <>
      <title>{wrong > 0 ? `${count(wrong)} in wrong hands · Unbroken` : 'Open chains · Unbroken'}</title>
      <Title>
        <VisuallyHidden>Open chains</VisuallyHidden>
      </Title>
      <FilterLine counts={counts} filter={filter} />
      {rows === undefined && error !== null ? (
        <NotTold error={error} />
      ) : rows?.length === 0 ? (
        <NoChains filter={filter} />
      ) : (
        <ChainsTable
          rows={rows}
          total={hasNextPage ? total : rows?.length}
          onMore={hasNextPage && !isFetchingNextPage ? () => void fetchNextPage() : undefined}
        />
      )}
    </>
  );
}
