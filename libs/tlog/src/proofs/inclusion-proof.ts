// RFC 6962 section 2.1.1 (RFC 9162 section 2.1.3): that an entry is in a tree, in as many hashes as the tree is high.
import { isHash, nodeHash, sameHash } from '../merkle/merkle-hash.js';
import { rangeHashes, splitOf, type LeafRange, type ReadNodes } from '../merkle/subtrees.js';
import { TlogRefused } from '../refused.js';
import { sha256, type Sha256 } from '../sha256.js';
import { isCount } from '../spelling.js';
import { checkProofShape } from './proof-shape.js';

/** That the entry at `index` is in the tree of `size` entries: the siblings from the leaf up, 32 bytes each. */
export type InclusionProof = readonly Uint8Array[];

/**
 * The proof for one entry, from a tree whose nodes can be read.
 * @throws TlogRefused proof.index, tree.nodes
 */
export async function inclusionProof(
  index: number,
  size: number,
  readNodes: ReadNodes,
  hash: Sha256 = sha256,
): Promise<InclusionProof> {
  return rangeHashes(inclusionPath(index, size), readNodes, hash);
}

/** An entry, by its leaf hash, and the tree it is said to be in. */
export type InclusionClaim = {
  readonly index: number;
  readonly size: number;
  readonly leafHash: Uint8Array;
  readonly root: Uint8Array;
};

/**
 * Checks that the entry is in the tree.
 * @throws TlogRefused proof.index, proof.hash-size, proof.too-short, proof.too-long, proof.root
 */
export function verifyInclusion(claim: InclusionClaim, proof: InclusionProof, hash: Sha256 = sha256): void {
  const path = inclusionPath(claim.index, claim.size);
  if (!isHash(claim.leafHash) || !isHash(claim.root)) throw new TlogRefused('proof.hash-size', 'leaf or root');
  checkProofShape(proof, path.length);
  const reached = path.reduce((subtree, { from }, at) => {
    const sibling = proof[at] ?? subtree;
    return from > claim.index ? nodeHash(subtree, sibling, hash) : nodeHash(sibling, subtree, hash);
  }, claim.leafHash);
  if (!sameHash(reached, claim.root)) {
    throw new TlogRefused('proof.root', `entry ${claim.index} is not shown to be in this tree of ${claim.size}`);
  }
}

/** PATH(m, D[n]): the ranges beside the way from the root down to the leaf, from the leaf up. */
function inclusionPath(index: number, size: number): LeafRange[] {
  if (!isCount(index) || !isCount(size) || index >= size) {
    throw new TlogRefused('proof.index', `a tree of ${size} entries has no entry ${index}`);
  }
  const path: LeafRange[] = [];
  let [from, to] = [0, size];
  while (to - from > 1) {
    const middle = from + splitOf(to - from);
    path.push(index < middle ? { from: middle, to } : { from, to: middle });
    if (index < middle) to = middle;
    else from = middle;
  }
  return path.reverse();
}
