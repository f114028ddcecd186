// The one sentence that matters, since when, and what to do about it.

import type { ChainView } from '@unbroken/contracts';
import type { ReactNode } from 'react';
import { Sign } from '../../../sign/sign.js';
import { Name } from '../../../who/name.js';
import { counted } from '../../../words/count.js';
import { CopyText } from '../../../words/copy-text.js';
import { isOver, lookOf } from '../../../words/group-words.js';
import { MomentText } from '../../../words/moment-text.js';
import { Said } from '../../../words/said.js';
import { ShipmentName, grouped } from '../../../words/shipment-name.js';
import { Due } from '../due.js';
import css from './chain-band.module.css';

export function ChainBand({ chain: { row, sentence, next, findings } }: { readonly chain: ChainView }) {
  const { tone, shape, word } = lookOf(row);
  return (
    <header className={css['band']} data-tone={tone}>
      <span className={css['sign']}>
        <Sign shape={shape} size={52} />
      </span>
      <div>
        <p className={css['id']}>
          <strong className={css['word']}>{word}</strong>
          <ShipmentName sub={row.sub} />
          <CopyText text={grouped(row.sub)} label="Copy the id" />
        </p>
        <h1 className={css['sentence']}>
          <Said text={sentence} />
        </h1>
        <p className={css['since']}>
          {row.holder !== null && row.heldSince !== null && (
            <>
              <Name of={row.holder} /> has held it since <MomentText at={row.heldSince} />.{' '}
            </>
          )}
          {row.offer !== null && (
            <>
              Offered to <Name of={row.offer.to} /> since <MomentText at={row.offer.since} />.
            </>
          )}
        </p>
        {next.length > 0 && <NextSteps worst={findings[0]?.sentence} steps={next} />}
        <dl className={css['facts']}>
          <Fact label="From">{row.from === null ? 'unknown' : <Name of={row.from} />}</Fact>
          <Fact label="To">{row.to === null ? 'unknown' : <Name of={row.to} />}</Fact>
          <Fact label="What">{contents(row)}</Fact>
          {row.due !== null && (
            <Fact label="Due">
              <Due at={row.due} over={isOver(row)} />
            </Fact>
          )}
          {row.refs.map(({ scheme, number }) => (
            <Fact key={scheme} label={`Number (${scheme})`}>
              {number} <CopyText text={number} label="Copy the number" />
            </Fact>
          ))}
        </dl>
      </div>
    </header>
  );
}

interface NextStepsProps {
  /** What they are steps against. */
  readonly worst: string | undefined;
  readonly steps: readonly string[];
}

function NextSteps({ worst, steps: [first, ...others] }: NextStepsProps) {
  return (
    <section className={css['next']} aria-label="What to do now">
      {worst !== undefined && (
        <p className={css['worst']}>
          <Said text={worst} />
        </p>
      )}
      <ol>
        <li className={css['first']}>{first}</li>
        {others.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
    </section>
  );
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function contents({ class: grade, kind, pieces }: ChainView['row']): string {
  const parts = [grade, kind, pieces === null ? null : counted(pieces, 'piece')].filter((part) => part !== null);
  return parts.length === 0 ? 'unknown' : parts.join(', ');
}
