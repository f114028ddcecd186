// Proofs made from tiles against the recursive definition, and against a tree that another program made.
import { NaiveTree } from '../fixture/naive-tree.js';
import { laterRefusalOf } from '../fixture/refusal-of.js';
import { TileStore } from '../fixture/tile-store.js';
import { grow } from '../merkle/grow.js';
import { emptyEdge, rootOf } from '../merkle/right-edge.js';
import { perfectNodes, rangeHashes } from '../merkle/subtrees.js';
import { nodeSha256 } from '../node/index.js';
import { consistencyProof } from '../proofs/consistency-proof.js';
import { inclusionProof } from '../proofs/inclusion-proof.js';
import { base64, utf8 } from '../spelling.js';
import { nodesFromTiles } from './tile-reader.js';

const naive = NaiveTree.ofSize(66_000, nodeSha256);

function storeOf(size: number): TileStore {
  const store = new TileStore();
  store.extend(grow(emptyEdge, naive.leaves.slice(0, size), nodeSha256).tiles);
  return store;
}
const full = storeOf(66_000);

describe('nodes from tiles', () => {
  it.each([1, 2, 255, 256, 257, 300, 511, 512, 513, 65_535, 65_536, 65_537, 66_000])(
    'a tree of %d → root and inclusion proofs as defined, in that and in the grown log',
    async (size) => {
      for (const store of [storeOf(size), full]) {
        const readNodes = nodesFromTiles(store.readTile, size, nodeSha256);
        expect(await rangeHashes([{ from: 0, to: size }], readNodes, nodeSha256)).toEqual([naive.mth(0, size)]);
        for (const index of new Set([0, 1, size >> 1, size - 2, size - 1].filter((at) => at >= 0 && at < size))) {
          expect(await inclusionProof(index, size, readNodes, nodeSha256)).toEqual(naive.path(index, 0, size));
        }
      }
    },
  );

  it.each([
    [1, 300],
    [255, 256],
    [256, 257],
    [257, 65_535],
    [65_535, 65_537],
    [65_536, 66_000],
    [65_537, 66_000],
  ])('from %d to %d → the consistency proof as defined', async (oldSize, newSize) => {
    const readNodes = nodesFromTiles(full.readTile, newSize, nodeSha256);
    expect(await consistencyProof(oldSize, newSize, readNodes, nodeSha256)).toEqual(
      naive.subproof(oldSize, 0, newSize),
    );
  });

  it('many proofs of one reader → each tile is read once', async () => {
    const store = storeOf(66_000);
    const readNodes = nodesFromTiles(store.readTile, 66_000, nodeSha256);
    await Promise.all(Array.from({ length: 256 }, (_, at) => inclusionProof(512 + at, 66_000, readNodes, nodeSha256)));
    expect(store.reads.sort()).toEqual(['0/2/256', '0/257/208', '1/0/256', '1/1/1']);
  });

  it('a tile that could not be read → asked for again', async () => {
    let isDown = true;
    const readNodes = nodesFromTiles(
      (...tile) => (isDown ? Promise.reject(new Error('down')) : full.readTile(...tile)),
      300,
      nodeSha256,
    );
    await expect(inclusionProof(7, 300, readNodes)).rejects.toThrow('down');
    isDown = false;
    expect(await inclusionProof(7, 300, readNodes)).toEqual(naive.path(7, 0, 300));
  });

  it('a tile of another length → refused', async () => {
    for (const change of [
      (bytes: Uint8Array) => bytes.subarray(1),
      (bytes: Uint8Array) => Uint8Array.of(...bytes, 0),
    ]) {
      const readNodes = nodesFromTiles(async (...tile) => change(await full.readTile(...tile)), 300);
      expect(await laterRefusalOf(() => inclusionProof(7, 300, readNodes))).toBe('tile.length');
    }
  });

  it('a node that the tree has not, or not whole yet → refused', async () => {
    const readNodes = nodesFromTiles(full.readTile, 300, nodeSha256);
    for (const node of [
      { level: 0, index: 300 },
      { level: 3, index: 37 },
      { level: 8, index: 1 },
      { level: 9, index: 0 },
      { level: 16, index: 0 },
    ]) {
      expect(await laterRefusalOf(() => readNodes([node]))).toBe('tree.nodes');
    }
  });

  it('a reader that answers too little, too much or of another size → refused', async () => {
    const hash = new Uint8Array(32);
    for (const answer of [[], [hash], [hash, hash, hash], [hash, hash.subarray(1)]]) {
      expect(await laterRefusalOf(() => inclusionProof(0, 3, () => Promise.resolve(answer)))).toBe('tree.nodes');
    }
  });
});

it('perfect subtrees of a range → as large as can be, aligned', () => {
  const named = (from: number, to: number) => perfectNodes({ from, to }).map(({ level, index }) => `${level}/${index}`);
  expect(named(0, 0)).toEqual([]);
  expect(named(0, 7)).toEqual(['2/0', '1/2', '0/6']);
  expect(named(4, 7)).toEqual(['1/2', '0/6']);
  expect(named(0, 2 ** 52 + 2 ** 40)).toEqual(['52/0', `40/${2 ** 12}`]);
});

it('the tree of “record 0” to “record 299” → root and tiles that golang.org/x/mod/sumdb/tlog gave it', () => {
  // FiloSottile/sunlight, cmd/skylight/testdata/witness/mirror.
  const entries = Array.from({ length: 300 }, (_, at) => utf8(`record ${at}`));
  const { leaves } = new NaiveTree(entries, nodeSha256);
  const { edge, tiles } = grow(emptyEdge, leaves, nodeSha256);
  expect(base64(rootOf(edge))).toBe('gw31yQrqZZCcEOPrzX+bpy3nJ6QgngTKn8G1m0i62uU=');
  expect(tiles.map(({ level, index, hashes }) => `${level}/${index} ${base64(nodeSha256(hashes))}`)).toEqual([
    '0/0 ZqHUMTaoVKV3bVvOFL8QHJJfx9SzLxviO2WPY26/zds=',
    '0/1 aZ8HjZN/EzQ9ca05MhdX3j7POR6NehsgFa04vTb11go=',
    '1/0 3O+eVxhBv+Le/RYwb4p9afUFQJL7i3+YOXDGRvf1/YU=',
  ]);
});
