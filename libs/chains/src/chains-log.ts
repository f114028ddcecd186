// What following the registry and folding chains may log.

import { eventLog } from '@unbroken/platform';

export const chainsLog = eventLog({
  'registry.unreadable': { topic: 'text', offset: 'text', reason: 'text' },
});
