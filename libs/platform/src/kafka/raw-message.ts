// A Kafka message as handlers see it: raw bytes, never parsed on the way.

import type { IHeaders, KafkaMessage } from 'kafkajs';
import { headers } from '@unbroken/contracts';
import type { DeadTopic, Topic } from '@unbroken/contracts';
import { decodePack } from './recorded-pack.js';
import type { PackedEntry } from './recorded-pack.js';

export interface RawMessage {
  readonly key: string | null;
  /** null is a tombstone of a compacted topic. */
  readonly value: Buffer | null;
  /** ASCII text by name (contracts, headers.ts). */
  readonly headers: Readonly<Record<string, string>>;
  readonly topic: Topic | DeadTopic;
  readonly partition: number;
  /** Decimal, may exceed a safe integer; for an entry of a pack a dot and its place in it follow, from 0. */
  readonly offset: string;
  /** Milliseconds since the epoch, set by the producer or the broker. */
  readonly timestamp: number;
}

function rawMessage(topic: Topic | DeadTopic, partition: number, message: KafkaMessage): RawMessage {
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

/** As `rawMessage`; of a pack each of its entries, as if each had come in a message of its own. */
export function rawMessages(topic: Topic | DeadTopic, partition: number, message: KafkaMessage): RawMessage[] {
  const whole = rawMessage(topic, partition, message);
  if (whole.value === null || whole.headers[headers.entries] === undefined) return [whole];
  try {
    return decodePack(whole.value).map((packed, place) => unpacked(whole, packed, place));
  } catch (error) {
    // What is no pack is left to the handler, to whom it is no entry either.
    if (error instanceof RangeError) return [whole];
    throw error;
  }
}

function unpacked(whole: RawMessage, packed: PackedEntry, place: number): RawMessage {
  const { index, key, receivedAt, deviceClock, entry } = packed;
  const told: Record<string, string> = {
    [headers.logOrigin]: whole.headers[headers.logOrigin] ?? '',
    [headers.logIndex]: index,
  };
  if (receivedAt !== undefined) told[headers.receivedAt] = receivedAt;
  if (deviceClock !== undefined) told[headers.deviceClock] = deviceClock;
  return { ...whole, key, value: entry, headers: told, offset: `${whole.offset}.${place}` };
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
