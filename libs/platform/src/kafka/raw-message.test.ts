// An entry of a pack is handed over as if it had come in a message of its own.
import { describe, expect, it } from '@jest/globals';
import { headers } from '@unbroken/contracts';
import { entryText, rawMessages, toldBeside } from './raw-message.js';
import { encodePack } from './recorded-pack.js';

const ORIGIN = 'unbroken-test/custody/0';
const ENTRY = Buffer.from('2026-11-21T08:00:00.100Z 12\naaa.bbb.ccc');
const TIMES = { receivedAt: '2026-11-21T08:00:00.000Z', deviceClock: '2026-11-21T07:59:59.500Z' };

const sent = (told: Readonly<Record<string, string>>, value: Buffer, key = 'a') => ({
  key: Buffer.from(key),
  value,
  headers: Object.fromEntries(Object.entries(told).map(([name, text]) => [name, Buffer.from(text)])),
  offset: '40',
  timestamp: '1700000000000',
  attributes: 0,
});

describe('a message', () => {
  it('an entry by itself and the same in a pack → the same, but for where it is', () => {
    const [alone] = rawMessages(
      'custody.recorded.v1',
      3,
      sent(
        {
          [headers.logOrigin]: ORIGIN,
          [headers.logIndex]: '8',
          [headers.receivedAt]: TIMES.receivedAt,
          [headers.deviceClock]: TIMES.deviceClock,
        },
        ENTRY,
        'b',
      ),
    );
    const pack = encodePack([
      { index: '7', key: 'a', receivedAt: undefined, deviceClock: undefined, entry: Buffer.from('t 1\nx y z') },
      { index: '8', key: 'b', ...TIMES, entry: ENTRY },
    ]);
    const told = { [headers.logOrigin]: ORIGIN, [headers.entries]: '2' };
    const [first, second, ...more] = rawMessages('custody.recorded.v1', 3, sent(told, pack));
    if (alone === undefined || first === undefined || second === undefined) throw new Error('a message is missing');

    const { key, value, headers: beside, topic, partition, timestamp } = second;
    expect({ key, value, headers: beside, topic, partition, timestamp, offset: '40' }).toEqual(alone);
    expect(toldBeside(second)).toEqual(toldBeside(alone));
    expect(toldBeside(second)).toEqual({ origin: ORIGIN, index: '8', ...TIMES });
    expect([entryText(alone), entryText(second)]).toEqual([String(ENTRY), String(ENTRY)]);
    expect([first.offset, second.offset, more]).toEqual(['40.0', '40.1', []]);
    expect(first.headers).toEqual({ [headers.logOrigin]: ORIGIN, [headers.logIndex]: '7' });
    expect(toldBeside(first)).toEqual({ origin: ORIGIN, index: '7' });
    expect(entryText(first)).toBe('t 1\nx y z');
  });

  it('a tombstone → nothing told', () => {
    const [tombstone] = rawMessages('custody.recorded.v1', 3, { ...sent({}, ENTRY), value: null });
    if (tombstone === undefined) throw new Error('a message is missing');
    expect(toldBeside(tombstone)).toEqual({});
    expect(entryText(tombstone)).toBe('');
  });
});
