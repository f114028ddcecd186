// The checks of one token, each with what it means, and what this page does not check.

import type { Check } from './check-token.js';
import css from './check.module.css';

const names = { token: 'token', statement: 'statement', key: 'key enrolled', signature: 'signature' } as const;
const marks = { good: '✓', bad: '✗', unchecked: '?' } as const;
const results = { good: 'good', bad: 'bad', unchecked: 'not checked' } as const;

export function Checked({ checks }: { readonly checks: readonly Check[] | undefined }) {
  return (
    <section aria-label="Checked in this browser">
      <h3 className={css['title']}>Checked in this browser</h3>
      {checks === undefined ? (
        <p>Not yet.</p>
      ) : (
        <ul className={css['list']}>
          {checks.map(({ what, result, says }) => (
            <li key={what} data-result={result}>
              <strong>
                {names[what]}{' '}
                <span role="img" aria-label={results[result]}>
                  {marks[result]}
                </span>
              </strong>
              <span>{says}</span>
            </li>
          ))}
        </ul>
      )}
      <p>
        Not checked here: that the log holds this entry and nothing was left out, and that the key counted at that time.
        For both the hub’s word is taken.
      </p>
    </section>
  );
}
