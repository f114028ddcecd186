import { verdictOf } from './check-token.js';
import type { Check } from './check-token.js';
import css from './check.module.css';

/** The verdict on one token in a word; nothing while it is being checked. */
export function CheckMark({ checks }: { readonly checks: readonly Check[] | undefined }) {
  if (checks === undefined) return null;
  const verdict = verdictOf(checks);
  return (
    <span className={css['mark']} data-result={verdict}>
      {{ good: '✓ checked', bad: '✗ does not check', unchecked: '? not checked' }[verdict]}
    </span>
  );
}
