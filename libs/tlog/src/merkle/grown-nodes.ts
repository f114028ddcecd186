// The nodes of a tree that came with its newest leaves, known from the right edge before them and from the leaves alone:
// so that somebody who has heard these leaves, and no others, can show that they are in the tree.
import { sha256, type Sha256 } from '../sha256.js';
import { TlogRefused } from '../refused.js';
import { nodeHash } from './merkle-hash.js';
import type { RightEdge } from './right-edge.js';
import { perfectNodes, type ReadNodes, type TreeNode } from './subtrees.js';

/**
 * Reads the nodes of the tree of `edge` with `leafHashes` behind it: enough for the root, and for an inclusion proof of
 * every one of these leaves. Asked for others it rejects with TlogRefused tree.nodes.
 */
export function grownNodes(edge: RightEdge, leafHashes: readonly Uint8Array[], hash: Sha256 = sha256): ReadNodes {
  const known = new Map<string, Uint8Array>();
  perfectNodes({ from: 0, to: edge.size }).forEach((node, at) => {
    const of = edge.hashes[at];
    if (of !== undefined) known.set(nameOf(node), of);
  });
  leafHashes.forEach((leaf, at) => known.set(nameOf({ level: 0, index: edge.size + at }), leaf));
  const size = edge.size + leafHashes.length;
  for (let level = 1; 2 ** level <= size; level++) {
    for (let index = Math.floor(edge.size / 2 ** level); (index + 1) * 2 ** level <= size; index++) {
      const left = known.get(nameOf({ level: level - 1, index: index * 2 }));
      const right = known.get(nameOf({ level: level - 1, index: index * 2 + 1 }));
      if (left !== undefined && right !== undefined) known.set(nameOf({ level, index }), nodeHash(left, right, hash));
    }
  }
  return (nodes) => new Promise((resolve) => resolve(nodes.map((node) => known.get(nameOf(node)) ?? notKnown(node))));
}

const nameOf = ({ level, index }: TreeNode): string => `${level}/${index}`;

function notKnown({ level, index }: TreeNode): never {
  throw new TlogRefused('tree.nodes', `node ${level}/${index} is not of the part that grew`);
}
