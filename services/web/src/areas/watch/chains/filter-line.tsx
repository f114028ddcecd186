// One line that says how things are and is the filter at the same time: "3 in wrong hands · 5 late · 1,204 on their
// way". The numbers are of all chains, also while a search is shown: choosing a group ends the search.

import { Skeleton, UnstyledButton } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import type { ChainGroup, GroupCounts } from '@unbroken/contracts';
import type { ChainsFilter } from '../../../hub/chains.js';
import { Sign } from '../../../sign/sign.js';
import { count } from '../../../words/count.js';
import { groupNames, groups } from '../../../words/group-words.js';
import css from './filter-line.module.css';

interface FilterLineProps {
  readonly counts: GroupCounts | undefined;
  readonly filter: ChainsFilter;
}

/** How many chains a table of this group shows; without one, all but the closed. */
export function shownCount(counts: GroupCounts, group: ChainGroup | undefined): number {
  if (group !== undefined) return counts[group];
  return groupNames.reduce((sum, name) => sum + (name === 'closed' ? 0 : counts[name]), 0);
}

/** What there is, what is normal, and what is looked at now. */
const isShown = (name: ChainGroup, counts: GroupCounts, chosen: ChainGroup | undefined): boolean =>
  counts[name] > 0 || name === 'on-the-way' || name === chosen;

export function FilterLine({ counts, filter }: FilterLineProps) {
  const navigate = useNavigate({ from: '/' });
  if (counts === undefined) return <Skeleton className={css['line']} h={32} w={320} />;
  return (
    <div className={css['line']} role="group" aria-label="Which chains to show">
      {groupNames
        .filter((name) => isShown(name, counts, filter.group))
        .map((name) => {
          const chosen = filter.group === name;
          const { tone, shape, counted } = groups[name];
          return (
            <UnstyledButton
              key={name}
              className={css['group']}
              data-tone={counts[name] > 0 ? tone : 'quiet'}
              aria-pressed={chosen}
              onClick={() => void navigate({ search: { group: chosen ? undefined : name } })}
            >
              <Sign shape={shape} size={16} />
              <span>
                <strong>{count(counts[name])}</strong> {counted}
              </span>
            </UnstyledButton>
          );
        })}
      {filter.q !== undefined && (
        <span className={css['found']}>Only what matches “{filter.q}” is shown, whatever its group.</span>
      )}
    </div>
  );
}
