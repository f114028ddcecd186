// Everything that was signed, in its place. A browser draws only the lines in view, and still finds words in all of
// them.

import type { ChainView } from '@unbroken/contracts';
import { useMemo } from 'react';
import { CheckSummary } from './check/check-summary.js';
import { useChecks } from './check/use-checks.js';
import css from './chain-timeline.module.css';
import { layTimeline } from './lay-timeline.js';
import { LineBeside } from './line-beside.js';
import { LineRail, railWidth } from './line-rail.js';
import { Statement } from './statement.js';

export function ChainTimeline({ chain }: { readonly chain: ChainView }) {
  const { entries, row } = chain;
  const lines = useMemo(() => layTimeline(chain), [chain]);
  const { checks, recorded, error } = useChecks(row.sub, entries);
  const bytes = useMemo(() => new Map(recorded?.tokens.map(({ tid, token }) => [tid, token])), [recorded]);
  const tracks = Math.max(0, ...lines.map(({ track }) => track));
  return (
    <section className={css['timeline']}>
      <div className={css['head']}>
        <h2>What was signed</h2>
        <CheckSummary checks={checks} failed={error !== null} />
      </div>
      <ol>
        {lines.map((line) => (
          <li key={line.key} className={css['line']}>
            <LineRail line={line} width={railWidth(tracks)} />
            {line.entry === undefined ? (
              <LineBeside line={line} />
            ) : (
              <Statement
                entry={line.entry}
                mark={line.mark}
                checks={checks?.get(line.entry.tid)}
                token={bytes.get(line.entry.tid)}
              />
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}
