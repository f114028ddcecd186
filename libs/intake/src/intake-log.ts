// What intake may log.

import { eventLog } from '@unbroken/platform';

export const intakeLog = eventLog({
  'topics.waiting': { attempt: 'number' },
  'promises.not-asked': { service: 'text', attempt: 'number' },
  'received.kept-longer': { service: 'text' },
});
