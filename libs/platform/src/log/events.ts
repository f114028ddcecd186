// Every event the platform can log, with the fields it may carry. No bodies, no tokens, no free-form objects: a field
// that is not listed is not written. Services list their own events the same way and open them with `eventLog`.

import type { EventList } from './event-definitions.js';

export const platformEvents = {
  'service.started': { service: 'text', address: 'text' },
  'service.stopping': { service: 'text', signal: 'text' },
  'service.stopped': { service: 'text' },
  'service.failed': { service: 'text' },
  'nest.message': { context: 'text', message: 'text' },
  'http.failed': { method: 'text', route: 'text' },
  'postgres.waiting': { service: 'text', attempt: 'number' },
  'postgres.ready': { service: 'text' },
  'postgres.connection.lost': { service: 'text' },
  'kafka.client': { client: 'text', message: 'text' },
  'topic.created': { topic: 'text', partitions: 'number' },
  'topic.differs': { topic: 'text', setting: 'text', expected: 'text', found: 'text' },
  'producer.replaced': { topic: 'text' },
  'consumer.joined': { group: 'text' },
  'consumer.restarting': { group: 'text', reason: 'text' },
  'offsets.uncommitted': { group: 'text' },
  'batch.failed': { group: 'text', topic: 'text', partition: 'number', offset: 'text', attempt: 'number' },
  'batch.isolating': { group: 'text', topic: 'text', partition: 'number', offset: 'text', messages: 'number' },
  'message.dead': { group: 'text', topic: 'text', partition: 'number', offset: 'text', reason: 'text' },
  'follow.failed': { topic: 'text', offset: 'text', attempt: 'number' },
  'follow.caught-up': { topic: 'text', offset: 'text' },
  'outbox.published': { service: 'text', topic: 'text', count: 'number' },
  'outbox.waiting': { service: 'text', attempt: 'number' },
  'outbox.leading': { service: 'text' },
} as const satisfies EventList;
