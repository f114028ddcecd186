// The growing tree against the recursive definition, at every size up to 300 and around the borders of tiles.
import { knownEntries, knownRoots, toHex } from '../fixture/known-tree.js';
import { NaiveTree } from '../fixture/naive-tree.js';
import { refusalOf } from '../fixture/refusal-of.js';
import { TileStore } from '../fixture/tile-store.js';
import { nodeSha256 } from '../node/index.js';
import { sha256 } from '../sha256.js';
import { nodesFromTiles } from '../tiles/tile-reader.js';
import { tilesOfGrowth } from '../tiles/tile.js';
import { grow, type TileExtension } from './grow.js';
import { leafHash } from './merkle-hash.js';
import { decodeRightEdge, emptyEdge, encodeRightEdge, readRightEdge, rootOf, type RightEdge } from './right-edge.js';

const naive = NaiveTree.ofSize(66_000, nodeSha256);

/** Grows to each size in turn, keeping all tiles. */
function grown(sizes: readonly number[]): { edges: RightEdge[]; store: TileStore; extensions: TileExtension[][] } {
  const store = new TileStore();
  const edges: RightEdge[] = [];
  const extensions: TileExtension[][] = [];
  let edge = emptyEdge;
  for (const size of sizes) {
    const growth = grow(edge, naive.leaves.slice(edge.size, size), nodeSha256);
    store.extend(growth.tiles);
    extensions.push([...growth.tiles]);
    edges.push((edge = growth.edge));
  }
  return { edges, store, extensions };
}

describe('the root', () => {
  it('the reference entries, one by one → the known roots', () => {
    let edge = emptyEdge;
    expect(toHex(rootOf(edge))).toBe(knownRoots[0]);
    knownEntries.forEach((entry, at) => {
      ({ edge } = grow(edge, [leafHash(entry)], sha256));
      expect(toHex(rootOf(edge))).toBe(knownRoots[at + 1]);
    });
  });

  it('every size up to 300, leaf by leaf → as defined', () => {
    const { edges } = grown(Array.from({ length: 300 }, (_, at) => at + 1));
    edges.forEach((edge) => {
      expect(toHex(rootOf(edge, nodeSha256))).toBe(toHex(naive.mth(0, edge.size)));
    });
  });

  it('all at once, or in any steps → the same edge', () => {
    const { edges } = grown([1, 3, 255, 256, 257, 511, 512, 1000, 65_535, 65_536, 65_537, 66_000]);
    for (const edge of edges) {
      expect(grow(emptyEdge, naive.leaves.slice(0, edge.size), nodeSha256).edge).toEqual(edge);
      expect(toHex(rootOf(edge, nodeSha256))).toBe(toHex(naive.mth(0, edge.size)));
    }
  });

  it('no leaves → nothing changes', () => {
    expect(grow(emptyEdge, [])).toEqual({ edge: emptyEdge, tiles: [] });
  });

  it('growing → leaves the old edge as it was', () => {
    const { edge } = grow(emptyEdge, naive.leaves.slice(0, 7), nodeSha256);
    const before = toHex(rootOf(edge));
    grow(edge, naive.leaves.slice(7, 300), nodeSha256);
    expect(edge.size).toBe(7);
    expect(toHex(rootOf(edge))).toBe(before);
  });

  it('a leaf hash of another size, or an edge that is none → an error', () => {
    expect(() => grow(emptyEdge, [new Uint8Array(31)])).toThrow(RangeError);
    expect(() => grow({ size: 3, hashes: [] }, [new Uint8Array(32)])).toThrow(RangeError);
  });
});

describe('the tiles of a growth', () => {
  it.each([
    [[1, 2, 3, 255, 256, 257, 300]],
    [[255, 257, 65_535, 65_536, 65_537]],
    [[256, 512, 65_536, 66_000]],
    [[66_000]],
    [[300, 300, 66_000]],
  ])('sizes %j → exactly the tiles that gained a hash, with the hashes as defined', async (sizes) => {
    const { extensions, store } = grown(sizes);
    for (const [step, size] of sizes.entries()) {
      const written = tilesOfGrowth(sizes[step - 1] ?? 0, size);
      expect(
        extensions[step]?.map(({ level, index, from, hashes }) => ({ level, index, width: from + hashes.length / 32 })),
      ).toEqual(written);
      for (const { level, index, width } of written) {
        const span = 256 ** level;
        const defined = Array.from({ length: width }, (_, at) => {
          const start = (index * 256 + at) * span;
          return toHex(naive.mth(start, start + span));
        });
        expect(toHex(await store.readTile(level, index, width))).toBe(defined.join(''));
      }
    }
  });
});

describe('the right edge', () => {
  it.each([0, 1, 2, 3, 255, 256, 257, 65_535, 66_000])('stored and restored at %d → the same tree', (size) => {
    const { edge } = grow(emptyEdge, naive.leaves.slice(0, size), nodeSha256);
    expect(decodeRightEdge(encodeRightEdge(edge))).toEqual(edge);
    expect(decodeRightEdge(Buffer.from(encodeRightEdge(edge)))).toEqual(edge);
  });

  it.each([1, 255, 256, 257, 300, 65_537])('read from tiles at %d → the same tree', async (size) => {
    const { edges, store } = grown([size, 66_000]);
    expect(await readRightEdge(size, nodesFromTiles(store.readTile, size, nodeSha256))).toEqual(edges[0]);
  });

  it('the edge of the largest size there is → 53 hashes', () => {
    const edge = { size: Number.MAX_SAFE_INTEGER, hashes: Array.from({ length: 53 }, () => new Uint8Array(32)) };
    expect(decodeRightEdge(encodeRightEdge(edge))).toEqual(edge);
  });

  it('bytes too few, too many, or of another size → refused', () => {
    const bytes = encodeRightEdge(grow(emptyEdge, naive.leaves.slice(0, 300)).edge);
    const other = bytes.with(7, 45);
    for (const wrong of [
      new Uint8Array(),
      bytes.subarray(0, 7),
      bytes.subarray(0, -1),
      Uint8Array.of(...bytes, 0),
      other,
    ]) {
      expect(refusalOf(() => decodeRightEdge(wrong))).toBe('tree.edge');
    }
    expect(refusalOf(() => decodeRightEdge(new Uint8Array(8).fill(255)))).toBe('tree.edge');
  });
});
