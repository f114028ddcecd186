// A Kafka message as handlers see it: raw bytes, never parsed on the way.

import type { IHeaders, KafkaMessage } from 'kafkajs';
import { headers } from '@unbroken/contracts';
import type { DeadTopic, Topic } from '@unbroken/contracts';
import { decodePack } from './recorded-pack.js';
import type { UnpackedEntry } from './recorded-pack.js';

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
    return decodePack(whole.value).map((entry, place) => new UnpackedMessage(whole, entry, place));
  } catch (error) {
    // What is no pack is left to the handler, to whom it is no entry either.
    if (error instanceof RangeError) return [whole];
    throw error;
  }
}

/** An entry of a pack. Most are only read as text: what else a message has is made for whoever asks for it. */
class UnpackedMessage implements RawMessage {
  readonly #whole: RawMessage;
  readonly #entry: UnpackedEntry;
  readonly #place: number;

  constructor(whole: RawMessage, entry: UnpackedEntry, place: number) {
    this.#whole = whole;
    this.#entry = entry;
    this.#place = place;
  }

  get key(): string {
    return this.#entry.key;
  }

  get value(): Buffer | null {
    const { at, end } = this.#entry;
    return this.#whole.value?.subarray(at, end) ?? null;
  }

  get headers(): Readonly<Record<string, string>> {
    const { index, receivedAt, deviceClock } = this.#entry;
    return {
      [headers.logOrigin]: this.#whole.headers[headers.logOrigin] ?? '',
      [headers.logIndex]: index,
      ...(receivedAt !== undefined && { [headers.receivedAt]: receivedAt }),
      ...(deviceClock !== undefined && { [headers.deviceClock]: deviceClock }),
    };
  }

  get topic(): Topic | DeadTopic {
    return this.#whole.topic;
  }

  get partition(): number {
    return this.#whole.partition;
  }

  get offset(): string {
    return `${this.#whole.offset}.${this.#place}`;
  }

  get timestamp(): number {
    return this.#whole.timestamp;
  }

  get told(): ToldBeside {
    const { index, receivedAt, deviceClock } = this.#entry;
    return { origin: this.#whole.headers[headers.logOrigin], index, receivedAt, deviceClock };
  }

  get text(): string {
    const { at, end } = this.#entry;
    return this.#whole.value?.toString('latin1', at, end) ?? '';
  }
}

/** What a message of a recorded topic says beside its entry: its headers by what they mean. */
export interface ToldBeside {
  readonly origin: string | undefined;
  readonly index: string | undefined;
  readonly receivedAt: string | undefined;
  readonly deviceClock: string | undefined;
}

/** As its headers say, which are not made for it where it came in a pack. */
export function toldBeside(message: RawMessage): ToldBeside {
  if (message instanceof UnpackedMessage) return message.told;
  const { headers: told } = message;
  return {
    origin: told[headers.logOrigin],
    index: told[headers.logIndex],
    receivedAt: told[headers.receivedAt],
    deviceClock: told[headers.deviceClock],
  };
}

/** Its value as latin1, without a view of the pack it came in; empty for a tombstone. */
export const entryText = (message: RawMessage): string =>
  message instanceof UnpackedMessage ? message.text : (message.value?.toString('latin1') ?? '');

/** Of a header that is there several times the last counts. */
function plainHeaders(headers: IHeaders): Record<string, string> {
  const plain: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    const last = Array.isArray(value) ? value.at(-1) : value;
    if (last !== undefined) plain[name] = last.toString();
  }
  return plain;
}
