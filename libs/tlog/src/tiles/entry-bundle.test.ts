import { refusalOf } from '../fixture/refusal-of.js';
import { utf8 } from '../spelling.js';
import { encodeEntries, parseEntries } from './entry-bundle.js';

const entries = ['first', '', 'the third entry'].map(utf8);
const bundle = encodeEntries(entries);

describe('entry bundles', () => {
  it('entries → each after its length, big-endian; read as they were', () => {
    expect(encodeEntries([utf8('ab'), new Uint8Array(258)]).subarray(0, 6)).toEqual(Uint8Array.of(0, 2, 97, 98, 1, 2));
    expect(parseEntries(bundle, 3)).toEqual(entries);
    expect(parseEntries(Buffer.from([9, ...bundle]).subarray(1), 3).map((entry) => Uint8Array.from(entry))).toEqual(
      entries,
    );
    expect(parseEntries(encodeEntries([]), 0)).toEqual([]);
  });

  it('a part appended later → the bundle of all', () => {
    const later = encodeEntries(entries.slice(1));
    expect(Uint8Array.from([...encodeEntries(entries.slice(0, 1)), ...later])).toEqual(bundle);
  });

  it('65 535 bytes → an entry; one more → refused', () => {
    expect(parseEntries(encodeEntries([new Uint8Array(65_535)]), 1)[0]).toHaveLength(65_535);
    expect(refusalOf(() => encodeEntries([new Uint8Array(65_536)]))).toBe('bundle.entry-size');
  });

  it.each([
    ['cut anywhere', bundle.subarray(0, -1), 3],
    ['cut within a length', encodeEntries(entries.slice(0, 2)).subarray(0, -1), 2],
    ['cut to nothing', new Uint8Array(), 3],
    ['more than its width', bundle, 2],
    ['less than its width', bundle, 4],
    ['a byte after the last entry', Uint8Array.from([...bundle, 0]), 3],
  ])('%s → refused', (_, bytes, width) => {
    expect(refusalOf(() => parseEntries(bytes, width))).toBe('bundle.length');
  });

  it('a length changed → refused', () => {
    for (const at of [0, 1, 7, 8, 9, 10]) {
      expect(refusalOf(() => parseEntries(bundle.with(at, (bundle[at] ?? 0) ^ 1), 3))).toBe('bundle.length');
    }
  });
});
