// What the agent logs: events with the fields each may carry, never bytes of a token or of a key.

import { eventLog } from '@unbroken/platform/process';

export const agentLog = eventLog({
  'agent.opened': { party: 'text', witness: 'text' },
  'trust.pinned': { deployment: 'text', logs: 'number' },
  'finding.raised': { code: 'text', about: 'text', said: 'text', cure: 'text' },
  'finding.reported': { about: 'text' },
  'succession.followed': { origin: 'text' },
  'succession.refused': { why: 'text' },
  'checkpoint.cosigned': { origin: 'text', size: 'number' },
  'work.failed': { work: 'text', attempt: 'number' },
  'copy.kept': { sub: 'text', entries: 'number' },
  'scans.taken': { feed: 'text', file: 'text', fresh: 'number', known: 'number', skipped: 'number', faults: 'number' },
  'file.refused': { feed: 'text', file: 'text' },
  'gateway.halted': { about: 'text', said: 'text', cure: 'text' },
  'party.settled': { party: 'text' },
});

/** Tells the first failure of several in a row: a hub that is away is no news every five seconds. */
export const tellOnce =
  (work: string) =>
  (error: unknown, attempt: number): void => {
    if (attempt === 1) agentLog.warn('work.failed', { work, attempt }, error);
  };
