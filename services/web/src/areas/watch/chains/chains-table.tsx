// Any number of chains as a table of which only what is in view exists. It scrolls with the page, so that a phone's own
// gestures work, and fetches ahead of the reader.

import { useWindowVirtualizer } from '@tanstack/react-virtual';
import type { ChainRow } from '@unbroken/contracts';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useKeys } from '../../../shell/use-keys.js';
import { ChainLine, UnknownLine } from './chain-line.js';
import css from './chains-table.module.css';

interface ChainsTableProps {
  /** Undefined until the first have come. */
  readonly rows: readonly ChainRow[] | undefined;
  /** How many there are, with those not fetched yet; undefined where nobody knows. */
  readonly total: number | undefined;
  readonly onMore: (() => void) | undefined;
}

const columns = ['State', 'What', 'From, to', 'In whose hands', 'What is wrong, and what to do', 'Due'] as const;

/** Pixels, as most lines are; each is measured when it comes into view. */
const LINE = 58;
/** The header and the head of the table lie over the first lines. */
const HEAD = 52 + 34;
/** Lines to have in store below the one in view. */
const AHEAD = 60;

export function ChainsTable({ rows = [], total, onMore }: ChainsTableProps) {
  const body = useRef<HTMLDivElement>(null);
  const [scrollMargin, setScrollMargin] = useState(0);
  const [focused, setFocused] = useState<string>();
  const loading = rows.length === 0;
  const count = loading ? 12 : (total ?? rows.length);
  const lines = useWindowVirtualizer({
    count,
    estimateSize: () => LINE,
    getItemKey: (index) => rows[index]?.sub ?? index,
    overscan: 8,
    scrollMargin,
    scrollPaddingStart: HEAD,
    scrollPaddingEnd: 16,
  });
  const shown = lines.getVirtualItems();
  const lastShown = shown.at(-1)?.index ?? 0;

  useLayoutEffect(() => {
    if (body.current !== null) setScrollMargin(body.current.getBoundingClientRect().top + window.scrollY);
  });
  useEffect(() => {
    if (lastShown + AHEAD >= rows.length) onMore?.();
  }, [lastShown, rows.length, onMore]);

  function move(by: 1 | -1, event: KeyboardEvent): void {
    event.preventDefault();
    const at = rows.findIndex(({ sub }) => sub === focused);
    const next = at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + by));
    setFocused(rows[next]?.sub);
    lines.scrollToIndex(next);
  }
  useKeys({
    j: (event) => move(1, event),
    ArrowDown: (event) => move(1, event),
    k: (event) => move(-1, event),
    ArrowUp: (event) => move(-1, event),
  });

  return (
    <div role="table" className={css['table']} aria-label="Open chains, the worst first" aria-rowcount={count + 1}>
      <div role="rowgroup" className={css['head']}>
        <div role="row" className={css['columns']} aria-rowindex={1}>
          {columns.map((column) => (
            <span role="columnheader" key={column}>
              {column}
            </span>
          ))}
        </div>
      </div>
      <div
        role="rowgroup"
        ref={body}
        className={css['body']}
        style={{ height: lines.getTotalSize() }}
        aria-busy={loading}
      >
        {shown.map(({ index, key, start }) => {
          const row = rows[index];
          const place = {
            ref: lines.measureElement,
            'data-index': index,
            'aria-rowindex': index + 2,
            style: { transform: `translateY(${start - scrollMargin}px)` },
          };
          if (row === undefined) return <UnknownLine key={key} place={place} />;
          return (
            <ChainLine
              key={key}
              row={row}
              place={place}
              hasFocus={row.sub === focused}
              onFocus={() => setFocused(row.sub)}
            />
          );
        })}
      </div>
    </div>
  );
}
