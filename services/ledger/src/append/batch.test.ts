import type { KeyId, ShipmentId, TokenId } from '@unbroken/tokens';
import type { Arrival } from '../arrival.js';
import type { Sound, UnknownKey } from '../verify/verdict.js';
import { Batch } from './batch.js';

const arrival = (text: string): Arrival => ({ bytes: Buffer.from(text), receivedAt: null, deviceClock: null });
const reading = (tid: string) => ({ tid: tid as TokenId, kid: 'k' as KeyId, sub: 's' as ShipmentId });
const sound = (tid: string): Sound => ({ is: 'sound', ...reading(tid) });
const unknown = (tid: string): UnknownKey => ({ is: 'unknown-key', ...reading(tid) });
const parked = (tid: string) => ({ ...arrival(tid), parked: Buffer.from(tid), reading: reading(tid) });

const edge = { size: 7, hashes: [4, 2, 1].map((width) => new Uint8Array(32).fill(width)) };
const head = { edge, lastRecordedAt: 1_000 };
const batch = (present: string[] = [], now = 2_000): Batch =>
  new Batch('custody/0', head, present as TokenId[], now, 3);

describe('what a batch becomes', () => {
  it('new tokens → numbered on from the end of the log, without holes, the first bytes of each', () => {
    const filled = batch(['b']);
    for (const [tid, bytes] of [
      ['a', '1'],
      ['b', '2'],
      ['c', '3'],
      ['a', '4'],
      ['d', '5'],
    ] as const)
      filled.add(arrival(bytes), sound(tid));
    expect(filled.entries.map(({ index, arrival: { bytes } }) => [index, bytes.toString()])).toEqual([
      [7, '1'],
      [8, '3'],
      [9, '5'],
    ]);
    expect(filled.entries.map(({ bytes }) => bytes.toString())).toEqual(
      ['1', '3', '5'].map((token) => `1970-01-01T00:00:02.000Z 3\n${token}`),
    );
    expect(filled.lastRecordedAt).toBe(2_000);
  });

  it('a clock that went backwards → recorded when the log was last written, not before', () => {
    const filled = batch([], 500);
    filled.add(arrival('1'), sound('a'));
    expect(filled.lastRecordedAt).toBe(1_000);
    expect(filled.entries[0]?.bytes.toString()).toBe('1970-01-01T00:00:01.000Z 3\n1');
  });

  it('parked and still unknown → goes on waiting; parked and decided, or recorded meanwhile → waits no longer', () => {
    const filled = batch(['b']);
    filled.add(parked('a'), unknown('a'));
    filled.add(parked('b'), sound('b'));
    filled.add(parked('c'), sound('c'));
    filled.add(parked('d'), { is: 'refused', code: 'token.signature' });
    expect(filled.toPark).toEqual([]);
    expect(filled.settled.map(String)).toEqual(['b', 'c', 'd']);
    expect(filled.entries.map(({ judgement }) => judgement.tid)).toEqual(['c']);
  });

  it('nothing new → empty, and the log ends where it did', () => {
    const filled = batch(['a']);
    filled.add(arrival('1'), sound('a'));
    expect(filled.isEmpty).toBe(true);
    expect(filled.lastRecordedAt).toBe(1_000);
  });
});
