// What goes into a pack comes out of it; what is no pack is refused.
import { describe, expect, it } from '@jest/globals';
import { decodePack, encodePack } from './recorded-pack.js';
import type { PackedEntry } from './recorded-pack.js';

const entries: readonly PackedEntry[] = [
  {
    index: '7',
    key: '7K2M9QX4T8ZB6CD1E',
    receivedAt: '2026-11-21T08:00:00.000Z',
    deviceClock: '2026-11-21T07:59:59.500Z',
    entry: Buffer.from('2026-11-21T08:00:00.100Z 12\naaa.bbb.ccc'),
  },
  { index: '9', key: 'x', receivedAt: undefined, deviceClock: undefined, entry: Buffer.from('t 1\nmalformed a b c') },
];

const readBack = (pack: Buffer) =>
  decodePack(pack).map(({ at, end, ...beside }) => ({ ...beside, entry: pack.subarray(at, end) }));

describe('a pack', () => {
  it('one entry or several, with times or without → read back as they were', () => {
    expect(readBack(encodePack(entries))).toEqual(entries);
    expect(readBack(encodePack(entries.slice(1)))).toEqual(entries.slice(1));
  });

  it('bytes of any kind → those', () => {
    const every = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)).filter((byte) => byte !== 0x0a);
    const odd = entries.map((one) => ({ ...one, entry: Buffer.concat([every, Buffer.from('\n'), every]) }));
    expect(readBack(encodePack(odd))).toEqual(odd);
  });

  it('text, so that people can read it', () => {
    expect(String(encodePack(entries))).toBe(
      '7 7K2M9QX4T8ZB6CD1E 2026-11-21T08:00:00.000Z 2026-11-21T07:59:59.500Z\n' +
        '2026-11-21T08:00:00.100Z 12\naaa.bbb.ccc\n9 x - -\nt 1\nmalformed a b c\n',
    );
  });

  it('cut anywhere but between two entries → refused', () => {
    const whole = encodePack(entries);
    const between = encodePack(entries.slice(0, 1)).length;
    for (let end = 0; end < whole.length; end += 1) {
      if (end === between) continue;
      expect(() => decodePack(whole.subarray(0, end))).toThrow(RangeError);
    }
  });

  it.each(['1 key -\nt 1\na.b.c\n', '1 key - - -\nt 1\na.b.c\n', '\nt 1\na.b.c\n'])('%j → refused', (text) => {
    expect(() => decodePack(Buffer.from(text))).toThrow(RangeError);
  });
});
