// Apart from the rest, because of the certificates' code behind it: whoever checks no timestamp need not load it.
export { checkTimestamp } from './check-timestamp.js';
export type { CheckedTimestamp } from './check-timestamp.js';
export { timestampIn, timestampRequest } from './timestamp-exchange.js';
export type { TimestampRequest } from './timestamp-exchange.js';
export { TimestampRefused } from './timestamp-refused.js';
