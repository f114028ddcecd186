// What every proof is measured against before a hash of it is used: a verifier that only folds what it is given takes
// nodes that belong to no tree of that size.
import { isHash } from '../merkle/merkle-hash.js';
import { TlogRefused } from '../refused.js';

/**
 * Checks a proof's length and the size of its hashes.
 * @throws TlogRefused proof.too-short, proof.too-long, proof.hash-size
 */
export function checkProofShape(proof: readonly Uint8Array[], length: number): void {
  const what = `${proof.length} nodes where ${length} belong`;
  if (proof.length < length) throw new TlogRefused('proof.too-short', what);
  if (proof.length > length) throw new TlogRefused('proof.too-long', what);
  const wrong = proof.findIndex((node) => !isHash(node));
  if (wrong >= 0) throw new TlogRefused('proof.hash-size', `node ${wrong} is not of 32 bytes`);
}
