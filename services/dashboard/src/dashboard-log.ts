// What this service may log.

import { eventLog } from '@unbroken/platform';

export const dashboardLog = eventLog({
  'stream.failed': { attempt: 'number' },
  'redrawing.failed': { attempt: 'number' },
});
