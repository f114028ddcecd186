// What the ledger logs: events with the fields each may carry, never bytes of a token.

import { eventLog } from '@unbroken/platform';

export const log = eventLog({
  'verification.thread-ended': { threads: 'number' },
  'writer.standby': {},
  'writer.failed': { attempt: 'number' },
  'writer.began': { epoch: 'number', registry: 'number', custody: 'number' },
  'writer.refused': { why: 'text' },
  'writer.ended': { epoch: 'number' },
  'parked.recorded': { log: 'text', count: 'number' },
  'parked.refused': { log: 'text', count: 'number' },
  'parked.look-failed': {},
  'signing.failed': { log: 'text', attempt: 'number' },
  'keys.not-announced': { attempt: 'number' },
  'witnessing.failed': { log: 'text', attempt: 'number' },
  'witness.silent': { witness: 'text', why: 'text' },
  'witness.contradicts': { log: 'text', why: 'text' },
  'timestamp.taken': { log: 'text', authority: 'text', size: 'number' },
  'timestamp.failed': { log: 'text', authority: 'text', attempt: 'number' },
  'timestamp.waits': { log: 'text', attempt: 'number' },
  'audit.clean': { entries: 'number' },
  'audit.tampered': { faults: 'number' },
  'audit.failed': { attempt: 'number' },
  'promises.broken': { tokens: 'number' },
  'promises.look-failed': { attempt: 'number' },
  'openings.not-sealed': { attempt: 'number' },
  'publishing.failed': { log: 'text', attempt: 'number' },
});
