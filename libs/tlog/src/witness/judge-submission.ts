// The rules of a witness (https://c2sp.org/tlog-witness, "add-checkpoint"). Admitting needs keys and may wait for them;
// judging is synchronous, so that the caller can do it and record the new checkpoint under one lock. Without that lock
// two requests at once would roll the record back.
import { emptyRoot, sameHash } from '../merkle/merkle-hash.js';
import type { Checkpoint } from '../notes/checkpoint.js';
import { openNote } from '../notes/open-note.js';
import type { VerifierKey } from '../notes/verifier-key.js';
import { verifyConsistency, type TreeHead } from '../proofs/consistency-proof.js';
import { TlogRefused, type TlogRefusalCode } from '../refused.js';
import { sha256, type Sha256 } from '../sha256.js';
import { parseAddCheckpoint, type Submission } from './add-checkpoint.js';

/** What to answer: `status` is the HTTP status, `reason` for a person. Nothing may be cosigned. */
export type WitnessRefusal = {
  readonly decision: 'refuse';
  readonly status: 400 | 403 | 404 | 422;
  readonly code: TlogRefusalCode;
  readonly reason: string;
};

/**
 * A 409 with the size the witness last cosigned, from which the log is to prove. `isSplitView`: the log has signed another
 * root at that very size; keep both checkpoints as evidence.
 */
export type WitnessConflict = {
  readonly decision: 'conflict';
  readonly status: 409;
  readonly size: number;
  readonly isSplitView: boolean;
};

/** Record `checkpoint` as the last one of its origin, durably, then cosign it and answer 200. */
export type WitnessCosigns = { readonly decision: 'cosign'; readonly status: 200; readonly checkpoint: Checkpoint };

/**
 * Reads a request and verifies that its log sent it. `keysOf` answers the keys trusted for an origin, none for a log
 * that the witness does not know. 400 for a malformed body, 404 for an unknown origin, 403 for a missing or bad
 * signature.
 */
export async function admitSubmission(
  body: Uint8Array | string,
  keysOf: (origin: string) => readonly VerifierKey[],
): Promise<{ readonly decision: 'admit'; readonly submission: Submission } | WitnessRefusal> {
  let submission: Submission;
  try {
    submission = parseAddCheckpoint(body);
  } catch (error) {
    return refusal(400, error);
  }
  const keys = keysOf(submission.checkpoint.origin);
  if (keys.length === 0) return refusal(404, new TlogRefused('trust.origin', 'this witness does not know the log'));
  try {
    await openNote(submission.note, keys);
  } catch (error) {
    return refusal(403, error);
  }
  return { decision: 'admit', submission };
}

/**
 * Decides by what the witness last cosigned for this origin; null if nothing yet. 400 when the old size is above the
 * new one, 409 when it is not the last one, or is and its root is another; 422 when the new tree is not shown to extend
 * the last one. A 422 of code proof.old-root is a split view too: keep the request as evidence.
 */
export function judgeSubmission(
  { oldSize, proof, checkpoint }: Submission,
  last: TreeHead | null,
  hash: Sha256 = sha256,
): WitnessCosigns | WitnessConflict | WitnessRefusal {
  if (oldSize > checkpoint.size) {
    return refusal(400, new TlogRefused('request.old-size', `old size ${oldSize}, new size ${checkpoint.size}`));
  }
  const { size, root } = last ?? { size: 0, root: emptyRoot() };
  if (oldSize !== size) return { decision: 'conflict', status: 409, size, isSplitView: false };
  if (size > 0 && size === checkpoint.size && !sameHash(root, checkpoint.root)) {
    return { decision: 'conflict', status: 409, size, isSplitView: true };
  }
  try {
    verifyConsistency({ size, root }, checkpoint, proof, hash);
  } catch (error) {
    return refusal(422, error);
  }
  return { decision: 'cosign', status: 200, checkpoint };
}

function refusal(status: WitnessRefusal['status'], error: unknown): WitnessRefusal {
  if (!(error instanceof TlogRefused)) throw error;
  return { decision: 'refuse', status, code: error.code, reason: error.message };
}
