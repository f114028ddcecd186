// RFC 6962 section 2.1 (RFC 9162 section 2.1.1): how leaves and nodes are hashed. The two prefixes keep a node from
// being passed off as an entry.
import { sha256, type Sha256 } from '../sha256.js';
import { readBase64 } from '../spelling.js';

/** Bytes of a leaf's, node's or root's hash. */
export const hashBytes = 32;

const leafPrefix = 0x00;
const nodePrefix = 0x01;

// What is hashed is put together in place: a new array for it would cost more than its hash.
const prefixedNode = new Uint8Array(1 + 2 * hashBytes).fill(nodePrefix, 0, 1);
const prefixedLeaf = new Uint8Array(1 + 0xffff).fill(leafPrefix, 0, 1);

/** MTH({d}): the hash of an entry as a leaf. */
export function leafHash(entry: Uint8Array, hash: Sha256 = sha256): Uint8Array {
  const length = 1 + entry.length;
  const prefixed = length <= prefixedLeaf.length ? prefixedLeaf.subarray(0, length) : new Uint8Array(length);
  prefixed.set(entry, 1);
  return hash(prefixed);
}

/**
 * The hash of a node over its two children's.
 * @throws RangeError when one has not 32 bytes
 */
export function nodeHash(left: Uint8Array, right: Uint8Array, hash: Sha256 = sha256): Uint8Array {
  if (!isHash(left) || !isHash(right)) throw new RangeError('a node is hashed over two hashes of 32 bytes');
  prefixedNode.set(left, 1);
  prefixedNode.set(right, 1 + hashBytes);
  return hash(prefixedNode);
}

/** MTH({}): the root of the tree without entries. */
export const emptyRoot = (): Uint8Array => sha256(new Uint8Array());

export const isHash = (bytes: Uint8Array): boolean => bytes.length === hashBytes;

/** A hash as the formats of C2SP spell it: 32 bytes of strict base64; null for anything else. */
export function readHash(text: string): Uint8Array | null {
  const bytes = readBase64(text);
  return bytes !== null && isHash(bytes) ? bytes : null;
}

/** Not in constant time: hashes of a log are public. */
export const sameHash = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, at) => byte === b[at]);
