// The same partition as kafkajs' own partitioner gives, whatever the key.
import { describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import kafkajs from 'kafkajs';
import type { Message, PartitionMetadata } from 'kafkajs';
import { keyPartitioner, partitionOfKey } from './key-partition.js';

const ofKafkajs = kafkajs.Partitioners.DefaultPartitioner();
const metadata = (partitions: number): PartitionMetadata[] =>
  Array.from({ length: partitions }, (_, partitionId) => ({
    partitionErrorCode: 0,
    partitionId,
    leader: 1,
    replicas: [1],
    isr: [1],
  }));
const sent = (message: Partial<Message>, partitionMetadata: PartitionMetadata[]) => ({
  topic: 'flour',
  partitionMetadata,
  message: { value: null, ...message },
});

describe('the partition of a key', () => {
  it('bytes of every length and content → as kafkajs says', () => {
    const many = metadata(1_021);
    for (let length = 0; length < 64; length += 1) {
      for (let round = 0; round < 100; round += 1) {
        const key = randomBytes(length);
        expect(partitionOfKey(key, many.length)).toBe(ofKafkajs(sent({ key }, many)));
      }
    }
  });

  it.each(['', 'a', '7K2M9QX4T8ZB6CD1E', 'north-post', 'Ærø', '日本語', '🍞 and half of one \ud83c'])(
    '%j → as kafkajs says',
    (key) => {
      for (const partitions of [1, 2, 8, 12, 1_000]) {
        const expected = ofKafkajs(sent({ key }, metadata(partitions)));
        expect(partitionOfKey(key, partitions)).toBe(expected);
        expect(keyPartitioner()(sent({ key }, metadata(partitions)))).toBe(expected);
      }
    },
  );

  // The values of Kafka's own test of its hash (UtilsTest.testMurmur2).
  it.each([
    ['21', -973932308],
    ['foobar', -790332482],
    ['a-little-bit-long-string', -985981536],
    ['a-little-bit-longer-string', -1486304829],
    ['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', -58897971],
    ['abc', 479470107],
  ])('%s → as Java says', (key, hash) => {
    expect(partitionOfKey(key, 2 ** 31)).toBe(hash & 0x7fffffff);
  });

  it('a message that names its partition → that one', () => {
    expect(keyPartitioner()(sent({ key: 'a', partition: 7 }, metadata(8)))).toBe(7);
  });

  it('messages without a key → in turn', () => {
    const partitioner = keyPartitioner();
    const chosen = Array.from({ length: 8 }, () => partitioner(sent({ key: null }, metadata(4))));
    expect(new Set(chosen).size).toBe(4);
    expect(chosen.slice(0, 4)).toEqual(chosen.slice(4));
  });
});
