// Entries of one partition in one message, in their order; what is alone stays as it was.
import { describe, expect, it } from '@jest/globals';
import { headers } from '@unbroken/contracts';
import { decodePack } from '@unbroken/platform';
import type { PartyId } from '@unbroken/tokens';
import type { EntryMessage } from './entry-message.js';
import { packed } from './pack-entries.js';

const message = (index: number, key: string, size = 10): EntryMessage => ({
  key: key as PartyId,
  value: Buffer.from(`t 1\n${'x'.repeat(size)}`),
  headers: {
    [headers.logOrigin]: 'unbroken-test/custody/0',
    [headers.logIndex]: String(index),
    [headers.receivedAt]: '2026-11-21T08:00:00.000Z',
  },
});

/** Keys of this test name their partition. */
const partitionOf = (key: string): number => Number(key.charAt(1));

const contents = (messages: readonly EntryMessage[]) =>
  messages.map(({ value, headers: told }) =>
    told[headers.entries] === undefined ? told[headers.logIndex] : decodePack(value).map(({ index }) => index),
  );

describe('entries', () => {
  it('of several partitions → one message for each, in the order of the log', () => {
    const mixed = ['a1', 'b2', 'c1', 'd3', 'a1', 'e2'].map((key, index) => message(index, key));
    const messages = packed(mixed, partitionOf);
    expect(contents(messages)).toEqual([['0', '2', '4'], ['1', '5'], '3']);
    expect(messages.map(({ key }) => key)).toEqual(['a1', 'b2', 'd3']);
    expect(messages[0]?.headers).toEqual({
      [headers.logOrigin]: 'unbroken-test/custody/0',
      [headers.entries]: '3',
    });
    const [first] = decodePack(messages[0]?.value ?? Buffer.alloc(0));
    expect(first).toMatchObject({ key: 'a1', receivedAt: '2026-11-21T08:00:00.000Z', deviceClock: undefined });
    expect(messages[0]?.value.subarray(first?.at, first?.end)).toEqual(mixed[0]?.value);
    expect(messages[2]).toBe(mixed[3]);
  });

  it('more than a message may hold → several, still in order', () => {
    const large = Array.from({ length: 5 }, (_, index) => message(index, 'a1', 100_000));
    expect(contents(packed(large, partitionOf))).toEqual([['0', '1'], ['2', '3'], '4']);
  });

  it('none → none', () => {
    expect(packed([], partitionOf)).toEqual([]);
  });
});
