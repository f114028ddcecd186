// Whether a receipt shows what its bearer says (https://c2sp.org/tlog-proof, "Verifying a tlog proof").
import { TlogRefused } from '../refused.js';
import { sha256, type Sha256 } from '../sha256.js';
import { verifyInclusion } from './inclusion-proof.js';
import type { TlogProof } from './tlog-proof.js';
import type { TrustPolicy } from './trust-policy.js';
import { weighCheckpoint, type WeighedCheckpoint } from './weigh-checkpoint.js';

/**
 * Checks, in this order: a trusted log signed the checkpoint, enough witnesses cosigned it, and the entry is in its
 * tree. `leafHash` is of the entry as the verifier has it, never as the bearer says. For a receipt that need not be
 * witnessed yet, ask with `{ ...policy, quorum: 0 }`; the answer says who witnessed it all the same.
 * @throws TlogRefused as weighCheckpoint; trust.quorum; as verifyInclusion
 */
export async function verifyTlogProof(
  proof: TlogProof,
  leafHash: Uint8Array,
  policy: TrustPolicy,
  hash: Sha256 = sha256,
): Promise<WeighedCheckpoint> {
  const weighed = await weighCheckpoint(proof.checkpoint, policy);
  if (!weighed.isQuorumMet) {
    throw new TlogRefused('trust.quorum', `${weighed.cosigned.length} of ${policy.quorum} witnesses cosigned`);
  }
  const { size, root } = weighed.checkpoint;
  verifyInclusion({ index: proof.index, size, leafHash, root }, proof.inclusion, hash);
  return weighed;
}
