import { inclusionProof, verifyInclusion } from '../proofs/inclusion-proof.js';
import { grow } from './grow.js';
import { grownNodes } from './grown-nodes.js';
import { leafHash } from './merkle-hash.js';
import { emptyEdge, rootOf } from './right-edge.js';
import { rangeHashes } from './subtrees.js';

const leaves = Array.from({ length: 70 }, (_, at) => leafHash(new TextEncoder().encode(`entry ${at}`)));

it('every way to grow up to 70 leaves → the root, and a proof of each new leaf', async () => {
  for (let from = 0; from < 35; from++) {
    const { edge } = grow(emptyEdge, leaves.slice(0, from));
    for (const size of [from + 1, from + 2, from + 7, from + 33]) {
      const root = rootOf(grow(emptyEdge, leaves.slice(0, size)).edge);
      const nodes = grownNodes(edge, leaves.slice(from, size));
      expect(await rangeHashes([{ from: 0, to: size }], nodes)).toEqual([root]);
      for (let index = from; index < size; index++) {
        const proof = await inclusionProof(index, size, nodes);
        verifyInclusion({ index, size, root, leafHash: leaves[index] ?? new Uint8Array() }, proof);
      }
    }
  }
});

it('an older leaf → tree.nodes', async () => {
  const nodes = grownNodes(grow(emptyEdge, leaves.slice(0, 5)).edge, leaves.slice(5, 9));
  await expect(inclusionProof(2, 9, nodes)).rejects.toMatchObject({ code: 'tree.nodes' });
});
