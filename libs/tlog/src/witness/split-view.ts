// The crime that logs are watched for: showing different trees to different people. Two signed checkpoints that
// contradict each other prove it to anybody, for ever (https://c2sp.org/tlog-checkpoint, "Signatures").
import { sameHash } from '../merkle/merkle-hash.js';
import type { Checkpoint } from '../notes/checkpoint.js';
import { beginningOf } from '../proofs/consistency-proof.js';
import { TlogRefused } from '../refused.js';
import { sha256, type Sha256 } from '../sha256.js';

/**
 * Whether two checkpoints, both signed by their log, can be of one tree. For two sizes it takes a `beginningProof`
 * between them. Nobody can make one that shows a split view where there is none: it has to lead to the newer root.
 * @throws TlogRefused view.origins (two logs); as beginningOf when the proof shows neither
 */
export function compareCheckpoints(
  a: Checkpoint,
  b: Checkpoint,
  proof: readonly Uint8Array[],
  hash: Sha256 = sha256,
): 'consistent' | 'split-view' {
  if (a.origin !== b.origin) throw new TlogRefused('view.origins', 'the checkpoints are of two logs');
  const [older, newer] = a.size <= b.size ? [a, b] : [b, a];
  const began = older.size === newer.size ? newer.root : beginningOf(newer, older.size, proof, hash);
  return sameHash(began, older.root) ? 'consistent' : 'split-view';
}
