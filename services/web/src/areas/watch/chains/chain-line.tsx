// One chain in the table: what it is, whose hands it is in, what is wrong and what to do. All of it leads to the chain.

import { Skeleton } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ChainRow, ShownFinding } from '@unbroken/contracts';
import { useEffect, useRef } from 'react';
import type { ComponentPropsWithRef } from 'react';
import { useLatelyChanged } from '../../../live/live-context.js';
import { Sign } from '../../../sign/sign.js';
import { Name } from '../../../who/name.js';
import { counted } from '../../../words/count.js';
import { isOver, lookOf } from '../../../words/group-words.js';
import { Said } from '../../../words/said.js';
import { ShipmentName } from '../../../words/shipment-name.js';
import { Due } from '../due.js';
import css from './chain-line.module.css';
import { Hands } from './hands.js';

/** Where the table puts it. */
type Place = ComponentPropsWithRef<'div'>;

interface ChainLineProps {
  readonly row: ChainRow;
  readonly place: Place;
  /** The keyboard is here. */
  readonly hasFocus: boolean;
  readonly onFocus: () => void;
}

export function ChainLine({ row, place, hasFocus, onFocus }: ChainLineProps) {
  const link = useRef<HTMLAnchorElement>(null);
  const changedAt = useLatelyChanged().changedAt(row.sub);
  const { word, tone, shape } = lookOf(row);
  useEffect(() => {
    if (hasFocus) link.current?.focus({ preventScroll: true });
  }, [hasFocus]);
  return (
    <div role="row" className={css['line']} data-tone={tone} {...place}>
      {changedAt !== undefined && <span key={changedAt} className={css['glow']} aria-hidden="true" />}
      <div role="cell" className={css['state']}>
        <span className={css['sign']}>
          <Sign shape={shape} size={22} />
        </span>
        <span className={css['word']}>{word}</span>
        <Link ref={link} to="/chains/$sub" params={{ sub: row.sub }} className={css['link']} onFocus={onFocus}>
          <ShipmentName sub={row.sub} />
        </Link>
      </div>
      <div role="cell" className={css['what']}>
        <span>{contentsOf(row)}</span>
        <small>{row.refs.map(({ number }) => number).join(', ')}</small>
      </div>
      <div role="cell" className={css['way']}>
        <span>{row.from === null ? 'unknown' : <Name of={row.from} />}</span>
        <span>→ {row.to === null ? 'unknown' : <Name of={row.to} />}</span>
      </div>
      <div role="cell" className={css['hands']}>
        <Hands row={row} />
      </div>
      <div role="cell" className={css['finding']}>
        {row.worst !== null && (
          <>
            <span>
              <Said text={row.worst.sentence} />
            </span>
            <NextStep worst={row.worst} others={row.findings - 1} unseen={row.unseen} />
          </>
        )}
      </div>
      <div role="cell" className={css['due']}>
        {row.due !== null && <Due at={row.due} over={isOver(row)} />}
      </div>
    </div>
  );
}

/** A line that has not been fetched yet: as high as most, so that nothing jumps when it comes. */
export function UnknownLine({ place }: { readonly place: Place }) {
  return (
    <div role="row" className={css['line']} {...place}>
      <div role="cell" className={css['unknown']}>
        <Skeleton h={12} w="60%" />
        <Skeleton h={12} w="40%" mt={8} />
      </div>
    </div>
  );
}

interface NextStepProps {
  readonly worst: ShownFinding;
  readonly others: number;
  readonly unseen: number;
}

function NextStep({ worst, others, unseen }: NextStepProps) {
  if (!worst.acknowledged) {
    return (
      <span className={css['next']}>
        <strong>{worst.next[0]}</strong>
        {others > 0 && <small> {counted(others, 'more finding')}</small>}
      </span>
    );
  }
  return (
    <span className={css['next']}>
      Acknowledged: somebody is on it.{' '}
      {unseen > 0 ? (
        <strong>Nobody is on {counted(unseen, 'more finding')}.</strong>
      ) : (
        others > 0 && <small>{counted(others, 'more finding')}, all acknowledged</small>
      )}
    </span>
  );
}

function contentsOf({ class: grade, pieces, kind }: ChainRow): string {
  const parts = [grade, kind === 'digital' ? 'digital' : null, pieces === null ? null : counted(pieces, 'piece')];
  return parts.filter((part) => part !== null).join(', ');
}
