import { refusalOf } from '../fixture/refusal-of.js';
import { readTileHashes, tilesOfGrowth, widthIn } from './tile.js';

describe('the tiles of a growth', () => {
  it('from nothing to 70 000 → those of the specification’s example', () => {
    const tiles = tilesOfGrowth(0, 70_000);
    const at = (level: number) => tiles.filter((tile) => tile.level === level).map(({ width }) => width);
    expect(at(0)).toEqual([...new Array<number>(273).fill(256), 112]);
    expect(at(1)).toEqual([256, 17]);
    expect(at(2)).toEqual([1]);
    expect(tiles).toHaveLength(277);
  });

  it('from nothing to 256 → a full tile and a partial one of width 1 above it', () => {
    expect(tilesOfGrowth(0, 256)).toEqual([
      { level: 0, index: 0, width: 256 },
      { level: 1, index: 0, width: 1 },
    ]);
  });

  it.each([
    [0, 0, []],
    [300, 300, []],
    [0, 1, ['0/0/1']],
    [1, 2, ['0/0/2']],
    [254, 255, ['0/0/255']],
    [255, 256, ['0/0/256', '1/0/1']],
    [256, 257, ['0/1/1']],
    [255, 257, ['0/0/256', '0/1/1', '1/0/1']],
    [256, 512, ['0/1/256', '1/0/2']],
    [300, 301, ['0/1/45']],
    [65_535, 65_537, ['0/255/256', '0/256/1', '1/0/256', '2/0/1']],
    [49_516_517, 49_516_586, ['0/193423/256', '0/193424/42', '1/755/144']],
  ])('from %d to %d → %j', (oldSize, newSize, expected) => {
    expect(tilesOfGrowth(oldSize, newSize).map(({ level, index, width }) => `${level}/${index}/${width}`)).toEqual(
      expected,
    );
  });

  it('in small steps or in one → the same full tiles', () => {
    const full = (tiles: ReturnType<typeof tilesOfGrowth>) => tiles.filter(({ width }) => width === 256);
    const stepwise = Array.from({ length: 700 }, (_, size) => full(tilesOfGrowth(size * 101, (size + 1) * 101))).flat();
    const names = (tiles: ReturnType<typeof tilesOfGrowth>) =>
      tiles.map(({ level, index }) => `${level}/${index}`).sort();
    expect(names(stepwise)).toEqual(names(full(tilesOfGrowth(0, 70_700))));
  });
});

it('a tile not begun → width 0; begun → what is there; full → 256', () => {
  expect([255, 256, 257, 512, 600].map((size) => widthIn(size, 0, 1))).toEqual([0, 0, 1, 256, 256]);
  expect([255, 256, 65_535, 65_536, 65_537].map((size) => widthIn(size, 1, 0))).toEqual([0, 1, 255, 256, 256]);
});

it('a tile’s bytes → its hashes; too few or too many → refused', () => {
  const bytes = new Uint8Array(64).map((_, at) => at);
  expect(readTileHashes(bytes, 2)).toEqual([bytes.slice(0, 32), bytes.slice(32)]);
  for (const wrong of [bytes.subarray(1), new Uint8Array(), new Uint8Array(96)]) {
    expect(refusalOf(() => readTileHashes(wrong, 2))).toBe('tile.length');
  }
});
