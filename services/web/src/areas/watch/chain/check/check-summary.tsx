import { count } from '../../../../words/count.js';
import { verdictOf } from './check-token.js';
import css from './check.module.css';
import type { Checks } from './use-checks.js';

interface CheckSummaryProps {
  readonly checks: Checks | undefined;
  /** The bytes could not be fetched. */
  readonly failed: boolean;
}

/** What this browser found out about the whole chain, in one line. */
export function CheckSummary({ checks, failed }: CheckSummaryProps) {
  if (checks === undefined) {
    return (
      <p className={css['summary']} data-result={failed ? 'unchecked' : undefined} role="status">
        {failed
          ? '? The tokens could not be fetched, so nothing is checked here.'
          : 'Checking the signatures in this browser …'}
      </p>
    );
  }
  const verdicts = [...checks.values()].map(verdictOf);
  const has = (verdict: (typeof verdicts)[number]) => verdicts.filter((one) => one === verdict).length;
  const [good, bad, unchecked] = [has('good'), has('bad'), has('unchecked')];
  return (
    <p className={css['summary']} data-result={bad > 0 ? 'bad' : unchecked > 0 ? 'unchecked' : 'good'} role="status">
      {bad > 0 && `✗ ${count(bad)} of ${count(verdicts.length)} do not check. `}
      {bad === 0 && good > 0 && `✓ Checked in this browser: ${count(good)} of ${count(verdicts.length)}. `}
      {unchecked > 0 && `${count(unchecked)} could not be checked.`}
    </p>
  );
}
