// What a log must remember of its tree to go on: the roots of the perfect subtrees along its right edge (RFC 6962
// section 2.1). One hash for each binary one of the size, so a few hundred bytes however long the log.
import { TlogRefused } from '../refused.js';
import { sha256, type Sha256 } from '../sha256.js';
import { isCount } from '../spelling.js';
import { hashBytes } from './merkle-hash.js';
import { joinHashes, perfectNodes, readExactly, type ReadNodes } from './subtrees.js';

/** The right edge of a tree of `size` leaves; `hashes` from the largest subtree, on the left, to the smallest. */
export type RightEdge = { readonly size: number; readonly hashes: readonly Uint8Array[] };

/** The edge of the tree without leaves. */
export const emptyEdge: RightEdge = Object.freeze({ size: 0, hashes: Object.freeze([]) });

/** The root of the tree. */
export const rootOf = (edge: RightEdge, hash: Sha256 = sha256): Uint8Array => joinHashes(edge.hashes, hash);

/** An edge as bytes to store: the size, 8 bytes big-endian, then the hashes. */
export function encodeRightEdge({ size, hashes }: RightEdge): Uint8Array {
  const bytes = new Uint8Array(8 + hashes.length * hashBytes);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(size));
  hashes.forEach((hash, at) => bytes.set(hash, 8 + at * hashBytes));
  return bytes;
}

/**
 * The edge that {@link encodeRightEdge} wrote.
 * @throws TlogRefused tree.edge
 */
export function decodeRightEdge(bytes: Uint8Array): RightEdge {
  if (bytes.length < 8) throw new TlogRefused('tree.edge', `${bytes.length} bytes hold no size`);
  const size = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0));
  const count = isCount(size) ? perfectNodes({ from: 0, to: size }).length : -1;
  if (bytes.length !== 8 + count * hashBytes) {
    throw new TlogRefused('tree.edge', `${bytes.length} bytes are not the edge of a tree of ${size} leaves`);
  }
  return {
    size,
    hashes: Array.from({ length: count }, (_, at) =>
      Uint8Array.from(bytes.subarray(8 + at * hashBytes, 8 + (at + 1) * hashBytes)),
    ),
  };
}

/**
 * The edge of a tree whose nodes can be read, such as from its tiles: how a log that kept only these starts again.
 * Compare its root with the last signed checkpoint before going on.
 * @throws TlogRefused tree.nodes
 */
export async function readRightEdge(size: number, readNodes: ReadNodes): Promise<RightEdge> {
  return { size, hashes: await readExactly(perfectNodes({ from: 0, to: size }), readNodes) };
}
