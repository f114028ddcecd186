// What intake hands to Kafka: well-formed tokens to the log their subject belongs to, everything else to quarantine.

import { headers } from '@unbroken/contracts';
import type { Topic } from '@unbroken/contracts';
import { isShipmentId } from '@unbroken/tokens';
import type { Checked, IllFormed, WellFormed } from './check-form.js';
import { isWellFormed } from './check-form.js';

/** One outbox row. */
export interface IntakeMessage {
  readonly topic: Topic;
  readonly key: string | null;
  readonly value: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

/** When an upload came, and the device's own clock then, where it told it. Milliseconds since the epoch. */
export interface UploadTimes {
  readonly receivedAt: number;
  readonly deviceClock?: number;
}

/** What quarantine keeps of bytes that are no token; a Kafka message of a whole 5 MiB body would never be taken. */
const MOST_QUARANTINED_BYTES = 65_536;

export function messageFor(checked: Checked, times: UploadTimes): IntakeMessage {
  return isWellFormed(checked) ? tokenMessage(checked, times) : quarantineMessage(checked, times);
}

/** Keyed by subject, so that the tokens of one chain stay in the order in which they came. */
function tokenMessage({ bytes, envelope }: WellFormed, times: UploadTimes): IntakeMessage {
  const { sub } = envelope.claims;
  return {
    topic: isShipmentId(sub) ? 'custody.tokens.v1' : 'registry.tokens.v1',
    key: sub,
    value: bytes,
    headers: timeHeaders(times),
  };
}

function quarantineMessage({ bytes, refusal }: IllFormed, times: UploadTimes): IntakeMessage {
  return {
    topic: 'custody.refused.v1',
    key: null,
    value: bytes.subarray(0, MOST_QUARANTINED_BYTES),
    headers: { ...timeHeaders(times), [headers.reasonCode]: refusal.code },
  };
}

function timeHeaders({ receivedAt, deviceClock }: UploadTimes): Record<string, string> {
  const received = { [headers.receivedAt]: new Date(receivedAt).toISOString() };
  return deviceClock === undefined
    ? received
    : { ...received, [headers.deviceClock]: new Date(deviceClock).toISOString() };
}
