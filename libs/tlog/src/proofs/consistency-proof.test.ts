// Known answers: the reference tests of Certificate Transparency.
import { node, readKnownNodes, rootAt, toHex } from '../fixture/known-tree.js';
import { NaiveTree } from '../fixture/naive-tree.js';
import { laterRefusalOf, refusalOf } from '../fixture/refusal-of.js';
import { tampered } from '../fixture/tampered.js';
import { emptyRoot } from '../merkle/merkle-hash.js';
import { nodeSha256 } from '../node/index.js';
import {
  beginningOf,
  beginningProof,
  consistencyProof,
  verifyConsistency,
  type TreeHead,
} from './consistency-proof.js';

const naive = NaiveTree.ofSize(66_000, nodeSha256);
const head = (size: number): TreeHead => ({ size, root: naive.mth(0, size) });
const refused = (older: TreeHead, newer: TreeHead, proof: readonly Uint8Array[]) =>
  refusalOf(() => verifyConsistency(older, newer, proof, nodeSha256));
const isPowerOfTwo = (size: number) => Number.isInteger(Math.log2(size));

describe('known proofs', () => {
  it.each([
    { from: 1, to: 1, known: [] },
    { from: 1, to: 8, known: [node(0, 1), node(1, 1), node(2, 1)] },
    { from: 2, to: 5, known: [node(1, 1), node(0, 4)] },
    { from: 6, to: 8, known: [node(1, 2), node(1, 3), node(2, 0)] },
  ])('from $from to $to → the known proof, and it verifies', async ({ from, to, known }) => {
    const proof = await consistencyProof(from, to, readKnownNodes);
    expect(proof.map(toHex)).toEqual(known);
    verifyConsistency({ size: from, root: rootAt(from) }, { size: to, root: rootAt(to) }, proof);
  });
});

describe('made and verified', () => {
  it('between all sizes up to 80 → the proof as defined, accepted, and showing the older root', async () => {
    for (let newSize = 1; newSize <= 80; newSize++) {
      for (let oldSize = 1; oldSize <= newSize; oldSize++) {
        const proof = await consistencyProof(oldSize, newSize, naive.readNodes, nodeSha256);
        expect(proof).toEqual(naive.subproof(oldSize, 0, newSize));
        verifyConsistency(head(oldSize), head(newSize), proof, nodeSha256);
        const whole = await beginningProof(oldSize, newSize, naive.readNodes, nodeSha256);
        expect(whole.slice(isPowerOfTwo(oldSize) || oldSize === newSize ? 1 : 0)).toEqual(proof);
        expect(beginningOf(head(newSize), oldSize, whole, nodeSha256)).toEqual(naive.mth(0, oldSize));
      }
    }
  });

  it.each([
    [255, 256],
    [256, 257],
    [257, 300],
    [65_535, 65_536],
    [65_536, 65_537],
    [65_535, 65_537],
    [300, 66_000],
  ])('from %d to %d → as defined, accepted', async (oldSize, newSize) => {
    const proof = await consistencyProof(oldSize, newSize, naive.readNodes, nodeSha256);
    expect(proof).toEqual(naive.subproof(oldSize, 0, newSize));
    verifyConsistency(head(oldSize), head(newSize), proof, nodeSha256);
  });

  it('from the empty tree → an empty proof, accepted for any tree', async () => {
    for (const size of [0, 1, 2, 7, 256]) {
      expect(await consistencyProof(0, size, naive.readNodes)).toEqual([]);
      expect(await beginningProof(0, size, naive.readNodes)).toEqual([]);
      expect(refused({ size: 0, root: emptyRoot() }, head(size), [])).toBe('accepted');
      expect(refused({ size: 0, root: emptyRoot() }, head(size), [new Uint8Array(32)])).toBe('proof.too-long');
      expect(refused({ size: 0, root: naive.mth(0, 1) }, head(size), [])).toBe('proof.old-root');
    }
    const notEmpty = { size: 0, root: naive.mth(0, 1) };
    expect(refused({ size: 0, root: emptyRoot() }, notEmpty, [])).toBe('proof.root');
    expect(refused(notEmpty, notEmpty, [])).toBe('proof.root');
    expect(refusalOf(() => beginningOf({ size: 0, root: naive.mth(0, 1) }, 0, []))).toBe('proof.root');
  });
});

describe('a proof that is not one', () => {
  const pairs = [
    [1, 2],
    [1, 8],
    [2, 5],
    [3, 3],
    [3, 4],
    [4, 7],
    [5, 11],
    [6, 8],
    [7, 8],
    [8, 11],
    [10, 11],
  ] as const;

  it.each(pairs)(
    'from %d to %d, a node more or less anywhere → refused as too long or too short',
    (oldSize, newSize) => {
      const proof = naive.subproof(oldSize, 0, newSize);
      const extras = [new Uint8Array(32), naive.mth(0, oldSize), naive.mth(0, newSize), new Uint8Array()];
      for (let at = 0; at <= proof.length; at++) {
        for (const extra of extras) {
          expect(refused(head(oldSize), head(newSize), proof.toSpliced(at, 0, extra))).toBe('proof.too-long');
        }
        if (at < proof.length) {
          expect(refused(head(oldSize), head(newSize), proof.toSpliced(at, 1))).toBe('proof.too-short');
        }
      }
    },
  );

  it.each(pairs)('from %d to %d, any bit or byte of any node changed → refused', (oldSize, newSize) => {
    const proof = naive.subproof(oldSize, 0, newSize);
    proof.forEach((sound, at) => {
      for (const { what, bytes } of tampered(sound)) {
        if (Buffer.compare(bytes, sound) === 0) continue;
        expect([what, refused(head(oldSize), head(newSize), proof.with(at, bytes))]).toEqual([
          what,
          bytes.length === 32 ? 'proof.root' : 'proof.hash-size',
        ]);
      }
    });
  });

  it.each(pairs)('from %d to %d, any bit of either root changed → refused', (oldSize, newSize) => {
    const proof = naive.subproof(oldSize, 0, newSize);
    for (const { bytes } of tampered(naive.mth(0, oldSize))) {
      if (bytes.length === 32 && Buffer.compare(bytes, naive.mth(0, oldSize)) === 0) continue;
      const isLeftOut = isPowerOfTwo(oldSize) && oldSize < newSize;
      expect(refused({ size: oldSize, root: bytes }, head(newSize), proof)).toBe(
        bytes.length !== 32 ? 'proof.hash-size' : isLeftOut ? 'proof.root' : 'proof.old-root',
      );
    }
    for (const { bytes } of tampered(naive.mth(0, newSize))) {
      if (bytes.length === 32 && Buffer.compare(bytes, naive.mth(0, newSize)) === 0) continue;
      expect(refused(head(oldSize), { size: newSize, root: bytes }, proof)).toBe(
        bytes.length !== 32 ? 'proof.hash-size' : oldSize === newSize ? 'proof.old-root' : 'proof.root',
      );
    }
  });

  it.each(pairs)('from %d to %d, other sizes or roots exchanged → refused', (oldSize, newSize) => {
    const proof = naive.subproof(oldSize, 0, newSize);
    for (const other of [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]) {
      if (other !== oldSize)
        expect(refused({ ...head(oldSize), size: other }, head(newSize), proof)).not.toBe('accepted');
      if (other === oldSize) continue;
      expect(refused(head(other), head(newSize), proof)).not.toBe('accepted');
    }
    if (oldSize === newSize) return;
    const exchanged = refused({ size: oldSize, root: naive.mth(0, newSize) }, head(oldSize), []);
    expect(exchanged).not.toBe('accepted');
    expect(refused(head(newSize), head(oldSize), proof)).toBe('proof.sizes');
  });

  it.each([
    [2, 1],
    [-1, 2],
    [0.5, 2],
    [1, Number.NaN],
    [1, Number.POSITIVE_INFINITY],
    [1, 2 ** 53],
  ])('from %d to %d → refused before anything is read', async (oldSize, newSize) => {
    const read = () => Promise.reject(new Error('read'));
    expect(await laterRefusalOf(() => consistencyProof(oldSize, newSize, read))).toBe('proof.sizes');
    expect(refused({ ...head(1), size: oldSize }, { ...head(2), size: newSize }, [])).toBe('proof.sizes');
  });
});

describe('a tree that was rewritten', () => {
  const rewritten = new NaiveTree(
    Array.from({ length: 20 }, (_, at) => Uint8Array.of(at === 2 ? 99 : at)),
    nodeSha256,
  );
  const honest = new NaiveTree(
    Array.from({ length: 20 }, (_, at) => Uint8Array.of(at)),
    nodeSha256,
  );

  it('its own proof against what was signed before → the older root is not reached', () => {
    for (const oldSize of [3, 5, 6, 7, 9, 11, 12, 19]) {
      expect(
        refused(
          { size: oldSize, root: honest.mth(0, oldSize) },
          { size: 20, root: rewritten.mth(0, 20) },
          rewritten.subproof(oldSize, 0, 20),
        ),
      ).toBe('proof.old-root');
    }
  });

  it('where the proof leaves the older root out → it shows nothing, but the whole proof does', async () => {
    for (const oldSize of [4, 8, 16]) {
      const newer = { size: 20, root: rewritten.mth(0, 20) };
      expect(refused({ size: oldSize, root: honest.mth(0, oldSize) }, newer, rewritten.subproof(oldSize, 0, 20))).toBe(
        'proof.root',
      );
      const whole = await beginningProof(oldSize, 20, rewritten.readNodes, nodeSha256);
      expect(beginningOf(newer, oldSize, whole, nodeSha256)).toEqual(rewritten.mth(0, oldSize));
      expect(beginningOf(newer, oldSize, whole, nodeSha256)).not.toEqual(honest.mth(0, oldSize));
    }
  });
});
