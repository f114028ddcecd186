// Test vectors of the envelope for other people's implementations: what every verifier must take and must refuse.
import { compactFaults } from './compact-faults.js';
import type { EnvelopeVector } from './envelope-vector.js';
import { fixedSigners } from './fixed-keys.js';
import { goodEnvelopes } from './good-envelopes.js';
import { jsonFaults } from './json-faults.js';
import { keyFaults } from './key-faults.js';
import { memberFaults } from './member-faults.js';

/** Every envelope vector, the good ones first; the same on every call. */
export async function envelopeVectors(): Promise<EnvelopeVector[]> {
  const signers = await fixedSigners();
  const groups = await Promise.all([
    goodEnvelopes(signers),
    compactFaults(signers.ed25519),
    jsonFaults(signers.ed25519),
    memberFaults(signers.ed25519),
    keyFaults(signers),
  ]);
  return groups.flat();
}
