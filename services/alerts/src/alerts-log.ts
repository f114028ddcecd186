// What this service may log.

import { eventLog } from '@unbroken/platform';

export const alertsLog = eventLog({
  'deadlines.waiting': { attempt: 'number' },
  'reading.behind': { topic: 'text' },
  'reading.unknown': { topic: 'text', attempt: 'number' },
  'reading.given-up': { topic: 'text' },
  'log-key.unreadable': { offset: 'text' },
  'silence.waiting': { attempt: 'number' },
  'incidents.waiting': { attempt: 'number' },
  // Contacts by party and id: names and addresses stay in the file of contacts.
  'notification.unreached': { party: 'text', contact: 'text', kind: 'text', tries: 'number' },
  'notification.given-up': { party: 'text', contact: 'text', kind: 'text', tries: 'number' },
  'notification.interrupted': { notification: 'text' },
  'notifications.waiting': { attempt: 'number' },
  'notifications.supervising': {},
  'escalations.waiting': { attempt: 'number' },
});
