// What the receiver service may log. Nobody's address, name, contact or code.

import { eventLog } from '@unbroken/platform';

export const receiverLog = eventLog({
  'found.not-signed': { attempt: 'number' },
  'code.not-sent': { way: 'text', reason: 'text' },
  'code.not-posted': { attempt: 'number' },
  'desk.kept-longer': { attempt: 'number' },
});
