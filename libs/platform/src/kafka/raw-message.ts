// A Kafka message as handlers see it: raw bytes, never parsed on the way.

import type { IHeaders, KafkaMessage } from 'kafkajs';
import type { DeadTopic, Topic } from '@unbroken/contracts';

export interface RawMessage {
  readonly key: string | null;
  /** null is a tombstone of a compacted topic. */
  readonly value: Buffer | null;
  /** ASCII text by name (contracts, headers.ts). */
  readonly headers: Readonly<Record<string, string>>;
  readonly topic: Topic | DeadTopic;
  readonly partition: number;
  /** Decimal, may exceed a safe integer. */
  readonly offset: string;
  /** Milliseconds since the epoch, set by the producer or the broker. */
  readonly timestamp: number;
}

export function rawMessage(topic: Topic | DeadTopic, partition: number, message: KafkaMessage): RawMessage {
  return {
    key: message.key === null ? null : message.key.toString(),
    value: message.value,
    headers: plainHeaders(message.headers ?? {}),
    topic,
    partition,
    offset: message.offset,
    timestamp: Number(message.timestamp),
  };
}

/** Of a header that is there several times the last counts. */
function plainHeaders(headers: IHeaders): Record<string, string> {
  const plain: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    const last = Array.isArray(value) ? value.at(-1) : value;
    if (last !== undefined) plain[name] = last.toString();
  }
  return plain;
}
