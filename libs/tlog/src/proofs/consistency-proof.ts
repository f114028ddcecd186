// RFC 6962 section 2.1.2 (RFC 9162 section 2.1.4): that a tree only grew, so that its older one is its beginning.
import { emptyRoot, isHash, nodeHash, sameHash } from '../merkle/merkle-hash.js';
import { rangeHashes, splitOf, type LeafRange, type ReadNodes } from '../merkle/subtrees.js';
import { TlogRefused } from '../refused.js';
import { sha256, type Sha256 } from '../sha256.js';
import { isCount } from '../spelling.js';
import { checkProofShape } from './proof-shape.js';

/**
 * That the tree of the old size is the beginning of that of the new one; 32 bytes each. Where the old tree is itself
 * a node of the new one (its size a power of two) its root is left out; for equal sizes, and from none, it is empty.
 */
export type ConsistencyProof = readonly Uint8Array[];

/** A tree by its size and root. */
export type TreeHead = { readonly size: number; readonly root: Uint8Array };

/**
 * The proof between two sizes of a tree whose nodes can be read.
 * @throws TlogRefused proof.sizes, tree.nodes
 */
export async function consistencyProof(
  oldSize: number,
  newSize: number,
  readNodes: ReadNodes,
  hash: Sha256 = sha256,
): Promise<ConsistencyProof> {
  const { seed, path, isSeedLeftOut } = consistencyPath(oldSize, newSize);
  return rangeHashes(isSeedLeftOut ? path : [...seed, ...path], readNodes, hash);
}

/**
 * Checks that the newer tree extends the older.
 * @throws TlogRefused proof.sizes, proof.hash-size, proof.too-short, proof.too-long; proof.root when the proof does
 * not lead to the newer root, and so shows nothing; proof.old-root when it does, but not to the older one
 */
export function verifyConsistency(
  older: TreeHead,
  newer: TreeHead,
  proof: ConsistencyProof,
  hash: Sha256 = sha256,
): void {
  const { seed, path, isSeedLeftOut } = consistencyPath(older.size, newer.size);
  if (!isHash(older.root) || !isHash(newer.root)) {
    throw new TlogRefused('proof.hash-size', 'the older or newer root is not of 32 bytes');
  }
  checkProofShape(proof, path.length + (isSeedLeftOut ? 0 : seed.length));
  const whole = isSeedLeftOut ? [older.root, ...proof] : proof;
  const isOneTree = older.size === newer.size && older.size > 0;
  const began = isOneTree ? newer.root : beginningOf(newer, older.size, whole, hash);
  if (!sameHash(began, older.root)) {
    throw new TlogRefused('proof.old-root', `what was signed at ${older.size} is not the beginning of ${newer.size}`);
  }
}

/**
 * A consistency proof with nothing left out, so that it shows the older root to who does not know it, or was told
 * another one. Longer by one node where the old size is a power of two.
 * @throws TlogRefused proof.sizes, tree.nodes
 */
export async function beginningProof(
  oldSize: number,
  newSize: number,
  readNodes: ReadNodes,
  hash: Sha256 = sha256,
): Promise<readonly Uint8Array[]> {
  const { seed, path } = consistencyPath(oldSize, newSize);
  return rangeHashes([...seed, ...path], readNodes, hash);
}

/**
 * The root that the newer tree's first `oldSize` entries have, shown by a {@link beginningProof}.
 * @throws TlogRefused proof.sizes, proof.hash-size, proof.too-short, proof.too-long, proof.root
 */
export function beginningOf(
  newer: TreeHead,
  oldSize: number,
  proof: readonly Uint8Array[],
  hash: Sha256 = sha256,
): Uint8Array {
  const { seed, path } = consistencyPath(oldSize, newer.size);
  if (!isHash(newer.root)) throw new TlogRefused('proof.hash-size', 'the newer root is not of 32 bytes');
  checkProofShape(proof, seed.length + path.length);
  // Only the empty tree has no node to start from, and it begins every tree.
  const [start = emptyRoot(), ...siblings] = proof;
  const reached = path.reduce(
    ({ oldRoot, newRoot }, { from }, at) => {
      const sibling = siblings[at] ?? start;
      return from < oldSize
        ? { oldRoot: nodeHash(sibling, oldRoot, hash), newRoot: nodeHash(sibling, newRoot, hash) }
        : { oldRoot, newRoot: nodeHash(newRoot, sibling, hash) };
    },
    { oldRoot: start, newRoot: start },
  );
  const isAnyTree = oldSize === 0 && newer.size > 0;
  if (isAnyTree || sameHash(reached.newRoot, newer.root)) return reached.oldRoot;
  throw new TlogRefused('proof.root', `the proof does not lead to the root of ${newer.size} entries`);
}

type ConsistencyPath = {
  /** The node to start from: the last, perfect subtree of the old tree; none of an empty one. */
  readonly seed: readonly LeafRange[];
  /** The ranges beside the way up from it. */
  readonly path: readonly LeafRange[];
  /** Whether who knows the old root knows the seed, so that the proof leaves it out. */
  readonly isSeedLeftOut: boolean;
};

/** SUBPROOF(m, D[n], true), from the bottom up. */
function consistencyPath(oldSize: number, newSize: number): ConsistencyPath {
  if (!isCount(oldSize) || !isCount(newSize) || oldSize > newSize) {
    throw new TlogRefused('proof.sizes', `${oldSize} and ${newSize}`);
  }
  if (oldSize === 0) return { seed: [], path: [], isSeedLeftOut: false };
  const path: LeafRange[] = [];
  let [from, to] = [0, newSize];
  while (to !== oldSize) {
    const middle = from + splitOf(to - from);
    path.push(oldSize <= middle ? { from: middle, to } : { from, to: middle });
    if (oldSize <= middle) to = middle;
    else from = middle;
  }
  return { seed: [{ from, to }], path: path.reverse(), isSeedLeftOut: from === 0 };
}
