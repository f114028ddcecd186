// What the registry service may log.

import { eventLog } from '@unbroken/platform';

export const registryLog = eventLog({
  'party.admitted': { parties: 'number' },
  'operator.other-key': { party: 'text' },
  'admission.failed': {},
});
