// Proof of possession where the ledger judges enrolments, synchronously.
import { base64url } from '../base64url.js';
import type { KeyId, PartyId } from '../ids.js';
import { possessionStatement } from '../possession.js';
import { verifySignatureSync, type VerificationKey } from './verification-key.js';

/** Whether `pop` is this key's signature over `party.rootkid`; false also for whatever has not its form. */
export function verifyProofOfPossessionSync(
  key: VerificationKey,
  party: PartyId,
  rootKid: KeyId,
  pop: string,
): boolean {
  const signature = base64url.decodeStrict(pop);
  return signature !== null && verifySignatureSync(key, possessionStatement(party, rootKid), signature);
}
