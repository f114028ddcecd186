// Known answers: the reference tests of Certificate Transparency, and the accumulated vectors of
// draft-ietf-plants-merkle-tree-certs (appendix "Subtree Test Vectors").
import { fromHex, knownNodes, node, readKnownNodes, rootAt, toHex } from '../fixture/known-tree.js';
import { NaiveTree } from '../fixture/naive-tree.js';
import { laterRefusalOf, refusalOf } from '../fixture/refusal-of.js';
import { tampered } from '../fixture/tampered.js';
import type { ReadNodes } from '../merkle/subtrees.js';
import { nodeSha256 } from '../node/index.js';
import { utf8 } from '../spelling.js';
import { inclusionProof, verifyInclusion, type InclusionClaim } from './inclusion-proof.js';

const naive = NaiveTree.ofSize(66_000, nodeSha256);
const claimOf = (index: number, size: number): InclusionClaim => ({
  index,
  size,
  leafHash: naive.mth(index, index + 1),
  root: naive.mth(0, size),
});
const refused = (claim: InclusionClaim, proof: readonly Uint8Array[]) =>
  refusalOf(() => verifyInclusion(claim, proof, nodeSha256));

describe('known proofs', () => {
  it.each([
    [0, 1, []],
    [0, 2, [node(0, 1)]],
    [1, 2, [node(0, 0)]],
    [2, 3, [node(1, 0)]],
    [1, 5, [node(0, 0), node(1, 1), node(0, 4)]],
    [0, 8, [node(0, 1), node(1, 1), node(2, 1)]],
    [5, 8, [node(0, 4), node(1, 3), node(2, 0)]],
  ])('entry %d of %d → the known proof, and it verifies', async (index, size, known) => {
    const proof = await inclusionProof(index, size, readKnownNodes);
    expect(proof.map(toHex)).toEqual(known);
    const leafHash = fromHex(knownNodes[0]?.[index] ?? '');
    expect(refusalOf(() => verifyInclusion({ index, size, leafHash, root: rootAt(size) }, proof))).toBe('accepted');
  });

  it('every subtree of the 130 entries 00, 01, … → the published digests of their hashes and proofs', async () => {
    const tree = new NaiveTree(
      Array.from({ length: 130 }, (_, at) => Uint8Array.of(at)),
      nodeSha256,
    );
    const hashes: string[] = [];
    const proofs: string[] = [];
    for (const [start, end] of subtrees(130)) {
      hashes.push(`[${start}, ${end}) ${toHex(tree.mth(start, end))}\n`);
      const readNodes: ReadNodes = (nodes) =>
        tree.readNodes(nodes.map(({ level, index }) => ({ level, index: index + start / 2 ** level })));
      for (let index = start; index < end; index++) {
        const proof = await inclusionProof(index - start, end - start, readNodes, nodeSha256);
        proofs.push(`${[`${index} [${start}, ${end})`, ...proof.map(toHex)].join(' ')}\n`);
      }
    }
    expect(toHex(nodeSha256(utf8(hashes.join(''))))).toBe(
      'b82806ad4265bb151c1119c0f4db437bb4d1a1f887b3a7fba1cd4ebf552e3e81',
    );
    expect(toHex(nodeSha256(utf8(proofs.join(''))))).toBe(
      'ac2a8f989e44d99e399db448050ff5f19757df53cfb716aa81015d3955d8163f',
    );
  });
});

/** Ranges that start at a multiple of their length rounded up to a power of two, in the draft's order. */
function subtrees(max: number): [number, number][] {
  const ranges: [number, number][] = [];
  for (let end = 0; end <= max; end++) {
    for (let start = 0; start <= end; start++) {
      const width = end === start ? 1 : 2 ** Math.ceil(Math.log2(end - start));
      if (start % width === 0) ranges.push([start, end]);
    }
  }
  return ranges;
}

describe('made and verified', () => {
  it('every entry of every tree up to 90 → the proof as defined, accepted', async () => {
    for (let size = 1; size <= 90; size++) {
      for (let index = 0; index < size; index++) {
        const proof = await inclusionProof(index, size, naive.readNodes, nodeSha256);
        expect(proof).toEqual(naive.path(index, 0, size));
        verifyInclusion(claimOf(index, size), proof, nodeSha256);
      }
    }
  });

  it.each([255, 256, 257, 300, 65_535, 65_536, 65_537, 66_000])('entries of a tree of %d → accepted', async (size) => {
    for (const index of [0, 1, 100, size >> 1, size - 2, size - 1]) {
      const proof = await inclusionProof(index, size, naive.readNodes, nodeSha256);
      expect(proof).toEqual(naive.path(index, 0, size));
      verifyInclusion(claimOf(index, size), proof, nodeSha256);
    }
  });
});

describe('a proof that is not one', () => {
  const size = 11;
  const indices = Array.from({ length: size }, (_, index) => index);

  it.each(indices)('entry %d of 11, a node more or less anywhere → refused as too long or too short', (index) => {
    const proof = naive.path(index, 0, size);
    const extras = [new Uint8Array(32), naive.mth(0, size), ...proof.slice(0, 1), new Uint8Array()];
    for (let at = 0; at <= proof.length; at++) {
      for (const extra of extras)
        expect(refused(claimOf(index, size), proof.toSpliced(at, 0, extra))).toBe('proof.too-long');
      if (at < proof.length) expect(refused(claimOf(index, size), proof.toSpliced(at, 1))).toBe('proof.too-short');
    }
    expect(refused(claimOf(index, size), [])).toBe('proof.too-short');
  });

  it.each(indices)('entry %d of 11, any bit or byte of any node changed → refused', (index) => {
    const proof = naive.path(index, 0, size);
    proof.forEach((sound, at) => {
      for (const { what, bytes } of tampered(sound)) {
        expect([what, refused(claimOf(index, size), proof.with(at, bytes))]).toEqual([
          what,
          bytes.length === 32 ? (Buffer.compare(bytes, sound) === 0 ? 'accepted' : 'proof.root') : 'proof.hash-size',
        ]);
      }
    });
  });

  it.each(indices)('entry %d of 11, any bit of leaf or root changed → refused', (index) => {
    const claim = claimOf(index, size);
    for (const part of ['leafHash', 'root'] as const) {
      for (const { bytes } of tampered(claim[part])) {
        if (Buffer.compare(bytes, claim[part]) === 0) continue;
        expect(refused({ ...claim, [part]: bytes }, naive.path(index, 0, size))).toBe(
          bytes.length === 32 ? 'proof.root' : 'proof.hash-size',
        );
      }
    }
  });

  it.each(indices)('entry %d of 11 said to be another, or nodes in another order → refused', (index) => {
    const proof = naive.path(index, 0, size);
    for (const other of indices.filter((one) => one !== index)) {
      expect(refused({ ...claimOf(index, size), index: other }, proof)).not.toBe('accepted');
    }
    expect(refused(claimOf(index, size), proof.toReversed())).toBe('proof.root');
  });

  it.each(indices)('entry %d of 11 in a tree of another size → refused', (index) => {
    for (const other of [1, 2, 5, 6, 7, 8, 9, 10, 12, 13, 16, 17, 22]) {
      expect(refused({ ...claimOf(index, size), root: naive.mth(0, other) }, naive.path(index, 0, size))).toBe(
        'proof.root',
      );
    }
  });

  it.each([
    [0, 0],
    [1, 1],
    [11, 11],
    [12, 11],
    [-1, 11],
    [0.5, 11],
    [Number.NaN, 11],
    [0, -1],
    [0, 2.5],
    [0, Number.POSITIVE_INFINITY],
    [2 ** 53, 2 ** 53 + 2],
  ])('entry %d of %d → refused before anything is read', async (index, claimed) => {
    expect(await laterRefusalOf(() => inclusionProof(index, claimed, () => Promise.reject(new Error('read'))))).toBe(
      'proof.index',
    );
    expect(refused({ ...claimOf(0, 1), index, size: claimed }, [])).toBe('proof.index');
  });

  it('the last entry of the largest tree there is → its proof is measured, not computed wrong', () => {
    const claim = { ...claimOf(0, 1), index: Number.MAX_SAFE_INTEGER - 1, size: Number.MAX_SAFE_INTEGER };
    expect(
      refused(
        claim,
        Array.from({ length: 52 }, () => new Uint8Array(32)),
      ),
    ).toBe('proof.root');
    expect(
      refused(
        claim,
        Array.from({ length: 53 }, () => new Uint8Array(32)),
      ),
    ).toBe('proof.too-long');
    expect(
      refused(
        { ...claim, index: 0 },
        Array.from({ length: 53 }, () => new Uint8Array(32)),
      ),
    ).toBe('proof.root');
  });
});
