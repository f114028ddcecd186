// What this service may log.

import { eventLog } from '@unbroken/platform';

export const alertsLog = eventLog({
  'deadlines.waiting': { attempt: 'number' },
  'deadlines.behind': { attempt: 'number' },
  'log-key.unreadable': { offset: 'text' },
  'silence.waiting': { attempt: 'number' },
  'deadlines.kept': { behind: 'flag' },
});
