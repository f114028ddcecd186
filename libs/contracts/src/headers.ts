// Kafka header names that travel beside the raw bytes of a token or an entry (docs/protocol, section 7).
// All values are ASCII text: times are RFC 3339 UTC with milliseconds, numbers are decimal.

export const headers = {
  /** on *.tokens.v1: when the intake received the token (server clock). */
  receivedAt: 'received-at',
  /** on *.tokens.v1 and *.recorded.v1: the uploading device's present clock at the upload, if it told it. */
  deviceClock: 'device-clock',
  /** on *.recorded.v1: origin of the log the entry is in. */
  logOrigin: 'log-origin',
  /** on *.recorded.v1: index of the entry in that log. */
  logIndex: 'log-index',
  /** on custody.recorded.v1: how many entries the value is a pack of; without it the value is one entry. */
  entries: 'entries',
  /** on custody.refused.v1: why the bytes were refused. */
  reasonCode: 'reason-code',
  /** on custody.refused.v1: token id of the refused bytes, where they could be read that far. */
  tokenId: 'token-id',
  /** on *.dead.v1 */
  error: 'error',
  attempt: 'attempt',
  sourceTopic: 'source-topic',
  sourcePartition: 'source-partition',
  sourceOffset: 'source-offset',
} as const;
