export { CUSTODY_PARTITIONS, deadTopic, topics } from './topics.js';
export type { DeadTopic, Topic, TopicDefinition } from './topics.js';
export { headers } from './headers.js';
export { decodeEntry, encodeEntry } from './entry.js';
export type { Entry, MalformedEntry, TokenEntry } from './entry.js';
