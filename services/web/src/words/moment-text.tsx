// A time on the page: as people say it, and exactly on demand.

import { clockTime, clockTimeAndAway, exactTime, timeAway } from './moment.js';
import { useNow } from './use-now.js';

const forms = { both: clockTimeAndAway, clock: clockTime, away: timeAway } as const;

interface MomentTextProps {
  /** RFC 3339. */
  readonly at: string;
  readonly form?: keyof typeof forms;
}

export function MomentText({ at, form = 'both' }: MomentTextProps) {
  const now = useNow();
  const ms = Date.parse(at);
  return (
    <time dateTime={at} title={exactTime(ms)}>
      {forms[form](ms, now)}
    </time>
  );
}
