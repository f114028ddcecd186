// What this service may log.

import { eventLog } from '@unbroken/platform';

export const alertsLog = eventLog({
  'deadlines.waiting': { attempt: 'number' },
  'deadlines.behind': { attempt: 'number' },
  'silence.waiting': { attempt: 'number' },
  'deadlines.kept': { behind: 'flag' },
});
