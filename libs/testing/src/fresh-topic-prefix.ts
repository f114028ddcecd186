// Suites share one Kafka; a prefix keeps their topics and consumer groups apart.
import { randomBytes } from 'node:crypto';

/** A prefix for topic and group names that no other suite has, e.g. `t1f0c9a3be2d4.`. */
export function freshTopicPrefix(): string {
  return `t${randomBytes(6).toString('hex')}.`;
}
