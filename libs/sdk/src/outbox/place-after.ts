// The place that a line token makes: on it, numbered one higher.

import { envelopeOf } from './outbox-token.js';
import type { OutboxToken } from './outbox-token.js';
import type { KnownPlace } from './known-place.js';

/** Undefined for a remark, which has no place in the line. */
export function placeAfter(token: Pick<OutboxToken, 'token'>): KnownPlace | undefined {
  const { tid, claims } = envelopeOf(token);
  const { sub, seq } = claims;
  return typeof seq === 'number' && Number.isSafeInteger(seq) && seq >= 0
    ? { format: 'unbroken-place/1', sub, prev: tid, seq: seq + 1 }
    : undefined;
}
