// What follows from the statements: computed here, signed by nobody; and where and when the log recorded each.

import type { EvidenceReport } from '@unbroken/evidence';
import { findingSentence, isolated, naming, stateSentence, timeline, utcMoment } from '@unbroken/words';
import css from './statements.module.css';

export function Follows({ report: { chain, nameOf } }: { readonly report: EvidenceReport }) {
  const name = isolated(naming(nameOf));
  const lines = timeline(chain, name);
  return (
    <section>
      <h2>What follows from it</h2>
      <p className={css['about']}>
        Nobody signed this: your browser computed it from the statements, as of now. “Recorded” is by the log’s clock.
      </p>
      <p className={css['state']}>{stateSentence(chain.state, name)}</p>
      <ol className={css['statements']}>
        {chain.tokens.map(({ tid, recordedAt, index, log, findings }, at) => (
          <li key={tid}>
            Recorded {utcMoment(Date.parse(recordedAt) / 1000)}, entry {index} of {log}.{' '}
            {sentenceOf(lines[at]?.meaning ?? '')}
            {findings.map((code) => (
              <p key={code} className={css['finding']} data-tone="alarm">
                ! {findingSentence(code)} <small>{code}</small>
              </p>
            ))}
          </li>
        ))}
      </ol>
    </section>
  );
}

const sentenceOf = (text: string): string => (text === '' ? '' : `${text.charAt(0).toUpperCase()}${text.slice(1)}.`);
