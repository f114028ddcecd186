import { clockTime, exactTime, timeAway } from '../../words/moment.js';
import { useNow } from '../../words/use-now.js';
import css from './due.module.css';

interface DueProps {
  /** RFC 3339. */
  readonly at: string;
  /** The chain has ended: nothing is overdue any more. */
  readonly over: boolean;
}

/** When it has to be there, and that it should have been. */
export function Due({ at, over }: DueProps) {
  const now = useNow();
  const ms = Date.parse(at);
  const overdue = !over && ms < now;
  return (
    <time dateTime={at} title={exactTime(ms)} className={css['due']} data-tone={overdue ? 'late' : undefined}>
      <span>
        {overdue ? 'was due ' : <span className={css['word']}>due </span>}
        {clockTime(ms, now)}
      </span>
      <small>{timeAway(ms, now)}</small>
    </time>
  );
}
