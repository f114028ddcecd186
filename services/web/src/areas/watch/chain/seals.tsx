import type { ShownSeal } from '@unbroken/contracts';
import { SealRing } from '../../../sign/seal-ring.js';
import { Name } from '../../../who/name.js';
import { MomentText } from '../../../words/moment-text.js';
import { sealWords } from '../../../words/seal-words.js';
import css from './aside.module.css';

/** How every seal was last seen, by whom and when. */
export function Seals({ seals }: { readonly seals: readonly ShownSeal[] }) {
  if (seals.length === 0) return null;
  return (
    <section className={css['part']}>
      <h2>Seals</h2>
      <ul>
        {seals.map(({ id, state, by, at }) => {
          const { word, tone } = sealWords(state);
          return (
            <li key={id} data-tone={tone}>
              <span className={css['seal']}>
                <SealRing state={state} />
                <span>{id}</span> <strong>{word}</strong>
              </span>
              {by !== null && at !== null && (
                <small>
                  seen by <Name of={by} />, <MomentText at={at} />
                </small>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
