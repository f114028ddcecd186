// Which partition a key goes to: Kafka's own rule (murmur2, org.apache.kafka.common.utils.Utils), so that whoever sends to a
// topic with a Java or kafkajs producer meets our keys where we put them. kafkajs has it too, in a BigInt for each step: decision 0047.

import kafkajs from 'kafkajs';
import type { ICustomPartitioner } from 'kafkajs';

const SEED = 0x9747b28c;
const MIX = 0x5bd1e995;

/** The partition, of so many, of a message with this key. */
export function partitionOfKey(key: string | Buffer, partitions: number): number {
  const bytes = typeof key === 'string' ? Buffer.from(key) : key;
  return (murmur2(bytes) & 0x7fffffff) % partitions;
}

/** kafkajs' default, message by message: what has no key, or names its partition itself, is left to that. */
export const keyPartitioner: ICustomPartitioner = () => {
  const otherwise = kafkajs.Partitioners.DefaultPartitioner();
  return (args) => {
    const { key, partition } = args.message;
    const isByKey = (typeof key === 'string' || Buffer.isBuffer(key)) && typeof partition !== 'number';
    return isByKey ? partitionOfKey(key, args.partitionMetadata.length) : otherwise(args);
  };
};

/** A signed 32-bit number. */
function murmur2(bytes: Uint8Array): number {
  const whole = bytes.length & ~3;
  let hash = SEED ^ bytes.length;
  for (let at = 0; at < whole; at += 4) {
    let four = byte(bytes, at) | (byte(bytes, at + 1) << 8) | (byte(bytes, at + 2) << 16) | (byte(bytes, at + 3) << 24);
    four = Math.imul(four, MIX);
    four = Math.imul(four ^ (four >>> 24), MIX);
    hash = Math.imul(hash, MIX) ^ four;
  }
  if (whole < bytes.length) {
    // Up to three are left; those beyond the end count as nothing.
    hash ^= byte(bytes, whole) | (byte(bytes, whole + 1) << 8) | (byte(bytes, whole + 2) << 16);
    hash = Math.imul(hash, MIX);
  }
  hash = Math.imul(hash ^ (hash >>> 13), MIX);
  return hash ^ (hash >>> 15);
}

const byte = (bytes: Uint8Array, at: number): number => bytes[at] ?? 0;
