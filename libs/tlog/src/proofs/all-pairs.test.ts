// Inclusion and consistency on every pair of sizes up to 300, against the definitions of RFC 6962; and on random trees of
// up to 2^40 entries, whose hashes are true because nearly all their leaves are the same (fixture/uniform-tree.ts).

import fc from 'fast-check';
import { NaiveTree } from '../fixture/naive-tree.js';
import { refusalOf } from '../fixture/refusal-of.js';
import { UniformTree } from '../fixture/uniform-tree.js';
import { leafHash } from '../merkle/merkle-hash.js';
import { nodeSha256 } from '../node/index.js';
import { utf8 } from '../spelling.js';
import { consistencyProof, verifyConsistency } from './consistency-proof.js';
import { inclusionProof, verifyInclusion } from './inclusion-proof.js';

const SIZES = 300;
const LARGEST = 2 ** 40;
const SEED = 20261121;

const naive = NaiveTree.ofSize(SIZES, nodeSha256);

/** The bytes with one bit turned. */
const turned = (bytes: Uint8Array, bit: number): Uint8Array =>
  bytes.with(bit >> 3, (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7)));

/** As one comparison: Jest's own, a hundred thousand times, would take minutes. */
const isSame = (proof: readonly Uint8Array[], other: readonly Uint8Array[]): boolean =>
  Buffer.compare(Buffer.concat(proof), Buffer.concat(other)) === 0;

describe(`every pair up to ${SIZES}`, () => {
  it('an entry of a tree → its proof is the definition’s, and holds for no other index', async () => {
    const wrong: string[] = [];
    for (let size = 1; size <= SIZES; size++) {
      const root = naive.mth(0, size);
      for (let index = 0; index < size; index++) {
        const proof = await inclusionProof(index, size, naive.readNodes, nodeSha256);
        if (!isSame(proof, naive.path(index, 0, size))) wrong.push(`${index} of ${size}: another proof`);
        const claim = { index, size, root, leafHash: naive.mth(index, index + 1) };
        verifyInclusion(claim, proof, nodeSha256);
        const other = { ...claim, index: (index + 1) % size };
        if (size > 1 && refusalOf(() => verifyInclusion(other, proof, nodeSha256)) === 'accepted') {
          wrong.push(`${index} of ${size}: passes for the next`);
        }
      }
    }
    expect(wrong).toEqual([]);
  }, 60_000);

  it('an older and a newer tree → the proof is the definition’s, and holds for no other size', async () => {
    const wrong: string[] = [];
    for (let size = 1; size <= SIZES; size++) {
      const newer = { size, root: naive.mth(0, size) };
      for (let old = 1; old <= size; old++) {
        const proof = await consistencyProof(old, size, naive.readNodes, nodeSha256);
        if (!isSame(proof, naive.subproof(old, 0, size))) wrong.push(`${old} to ${size}: another proof`);
        const older = { size: old, root: naive.mth(0, old) };
        verifyConsistency(older, newer, proof, nodeSha256);
        const shrunk = { ...older, size: old - 1 };
        if (old > 1 && refusalOf(() => verifyConsistency(shrunk, newer, proof, nodeSha256)) === 'accepted') {
          wrong.push(`${old} to ${size}: passes for one less`);
        }
      }
    }
    expect(wrong).toEqual([]);
  }, 60_000);
});

describe('random trees of up to 2^40 entries', () => {
  const sizes = fc.oneof(
    fc.maxSafeNat().map((size) => 1 + (size % LARGEST)),
    // Where trees change their shape.
    fc
      .record({ level: fc.nat(40), off: fc.integer({ min: -2, max: 2 }) })
      .map(({ level, off }) => Math.max(1, 2 ** level + off)),
  );
  const setting = fc.record({ size: sizes, at: fc.maxSafeNat(), other: fc.maxSafeNat(), bit: fc.nat(255) });
  const plain = leafHash(utf8('an entry like all others'), nodeSha256);
  const marked = leafHash(utf8('the entry in question'), nodeSha256);
  const treeWith = (...at: readonly number[]) =>
    new UniformTree(plain, new Map(at.map((index) => [index, marked])), nodeSha256);

  it('the trees → are those of the definition, where they are small enough to see', () => {
    for (const size of [1, 2, 3, 77, 128, 300]) {
      const leaves = new NaiveTree([], nodeSha256);
      leaves.leaves.push(...Array.from({ length: size }, (_, at) => (at === size >> 1 ? marked : plain)));
      expect(treeWith(size >> 1).root(size)).toEqual(leaves.mth(0, size));
    }
  });

  it('an entry → its proof holds; with any bit turned, a node more or less, or another place, it does not', async () => {
    const property = fc.asyncProperty(setting, async ({ size, at, other, bit }) => {
      const index = at % size;
      const tree = treeWith(index);
      const proof = await inclusionProof(index, size, tree.readNodes, nodeSha256);
      const claim = { index, size, root: tree.root(size), leafHash: marked };
      const refused = (changed: object, nodes = proof) =>
        refusalOf(() => verifyInclusion({ ...claim, ...changed }, nodes, nodeSha256));
      expect(refused({})).toBe('accepted');
      expect(refused({ root: turned(claim.root, bit) })).toBe('proof.root');
      expect(refused({ leafHash: turned(marked, bit) })).toBe('proof.root');
      expect(refused({}, [...proof, plain])).toBe('proof.too-long');
      expect(refused({ index: size })).toBe('proof.index');
      if (other % size !== index) expect(refused({ index: other % size })).not.toBe('accepted');
      if (proof.length === 0) return;
      const node = other % proof.length;
      expect(refused({}, proof.with(node, turned(proof[node] ?? plain, bit)))).toBe('proof.root');
      expect(refused({}, proof.with(node, (proof[node] ?? plain).subarray(1)))).toBe('proof.hash-size');
      expect(refused({}, proof.toSpliced(node, 1))).toBe('proof.too-short');
    });
    await fc.assert(property, { seed: SEED, numRuns: 500 });
  });

  it('an older tree → its proof holds; with any bit turned, a node more or less, or another size, it does not', async () => {
    const property = fc.asyncProperty(setting, async ({ size, at, other, bit }) => {
      const old = 1 + (at % size);
      // The last entry of the older tree is marked, and one behind it, so that neither root is that of another size.
      const tree = treeWith(old - 1, Math.min(size - 1, old));
      const proof = await consistencyProof(old, size, tree.readNodes, nodeSha256);
      const [older, newer] = [
        { size: old, root: tree.root(old) },
        { size, root: tree.root(size) },
      ];
      const refused = (a: object, b: object, nodes = proof) =>
        refusalOf(() => verifyConsistency({ ...older, ...a }, { ...newer, ...b }, nodes, nodeSha256));
      expect(refused({}, {})).toBe('accepted');
      expect(refused({ root: turned(older.root, bit) }, {})).not.toBe('accepted');
      expect(refused({}, { root: turned(newer.root, bit) })).not.toBe('accepted');
      expect(refused({}, {}, [...proof, plain])).toBe('proof.too-long');
      expect(refused({ size: size + 1 }, {})).toBe('proof.sizes');
      if (proof.length === 0) return;
      const node = other % proof.length;
      expect(refused({}, {}, proof.with(node, turned(proof[node] ?? plain, bit)))).not.toBe('accepted');
      expect(refused({}, {}, proof.toSpliced(node, 1))).toBe('proof.too-short');
      if (old > 1) expect(refused({ size: 1 + (other % (old - 1)) }, {})).not.toBe('accepted');
    });
    await fc.assert(property, { seed: SEED, numRuns: 500 });
  });
});

describe('every single bit, of proofs in a tree of 300', () => {
  it.each([0, 150, 255, 256, 299])(
    'entry %d → each bit of each node, of the root and of the leaf counts',
    async (index) => {
      const claim = { index, size: SIZES, root: naive.mth(0, SIZES), leafHash: naive.mth(index, index + 1) };
      const proof = await inclusionProof(index, SIZES, naive.readNodes, nodeSha256);
      for (let bit = 0; bit < 256; bit++) {
        const refused = (changed: object, nodes = proof) =>
          refusalOf(() => verifyInclusion({ ...claim, ...changed }, nodes, nodeSha256));
        proof.forEach((node, at) => expect(refused({}, proof.with(at, turned(node, bit)))).toBe('proof.root'));
        expect(refused({ root: turned(claim.root, bit) })).toBe('proof.root');
        expect(refused({ leafHash: turned(claim.leafHash, bit) })).toBe('proof.root');
      }
    },
  );
});
