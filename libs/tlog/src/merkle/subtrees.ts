// The shape of a tree (RFC 6962 section 2.1): every proof consists of hashes of ranges of leaves, and every such range
// of a few perfect subtrees, which are what a log stores.
import { TlogRefused } from '../refused.js';
import { sha256, type Sha256 } from '../sha256.js';
import { emptyRoot, isHash, nodeHash } from './merkle-hash.js';

/** A perfect subtree: the 2^level leaves from index · 2^level on. A leaf is one of level 0. */
export type TreeNode = { readonly level: number; readonly index: number };

/** Leaves from `from` up to, not including, `to`. */
export type LeafRange = { readonly from: number; readonly to: number };

/** Answers the hashes of these nodes, in their order. Rejects when one cannot be had. */
export type ReadNodes = (nodes: readonly TreeNode[]) => Promise<readonly Uint8Array[]>;

/** Where a tree of more than one leaf parts: the largest power of two below its size. */
export function splitOf(size: number): number {
  let split = 1;
  while (split * 2 < size) split *= 2;
  return split;
}

/** The perfect subtrees that a range of a tree consists of, from left to right, as large as they can be. */
export function perfectNodes({ from, to }: LeafRange): TreeNode[] {
  const nodes: TreeNode[] = [];
  for (let start = from; start < to;) {
    let level = 0;
    let width = 1;
    while (start % (width * 2) === 0 && start + width * 2 <= to) {
      width *= 2;
      level++;
    }
    nodes.push({ level, index: start / width });
    start += width;
  }
  return nodes;
}

/** The hash over neighbouring subtrees that get smaller to the right; of none, the empty root. */
export const joinHashes = (hashes: readonly Uint8Array[], hash: Sha256 = sha256): Uint8Array =>
  hashes.length === 0 ? emptyRoot() : hashes.reduceRight((right, left) => nodeHash(left, right, hash));

/**
 * The hashes of these nodes, if the reader keeps its promise.
 * @throws TlogRefused tree.nodes when it answers something else than it was asked
 */
export async function readExactly(nodes: readonly TreeNode[], readNodes: ReadNodes): Promise<readonly Uint8Array[]> {
  if (nodes.length === 0) return [];
  const hashes = await readNodes(nodes);
  if (hashes.length === nodes.length && hashes.every(isHash)) return hashes;
  throw new TlogRefused('tree.nodes', `${nodes.length} nodes asked for, ${hashes.length} hashes answered`);
}

/**
 * The hash of each range, reading all of their nodes at once.
 * @throws TlogRefused tree.nodes
 */
export async function rangeHashes(
  ranges: readonly LeafRange[],
  readNodes: ReadNodes,
  hash: Sha256 = sha256,
): Promise<Uint8Array[]> {
  const parts = ranges.map(perfectNodes);
  const hashes = await readExactly(parts.flat(), readNodes);
  let taken = 0;
  return parts.map(({ length }) => joinHashes(hashes.slice(taken, (taken += length)), hash));
}
