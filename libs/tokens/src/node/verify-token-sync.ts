// Verification for worker threads that do nothing else: synchronous, with keys imported before.
import type { Envelope } from '../envelope.js';
import type { PartyId } from '../ids.js';
import { badSignature, checkKeyBinding } from '../key-binding.js';
import { verifySignatureSync, type VerificationKey } from './verification-key.js';

/**
 * {@link verifyToken} with a key from {@link importKey}: same checks, same order, same codes.
 * @throws TokenRefused token.unknown-key, token.alg-key, token.other-party, token.signature
 */
export function verifyTokenSync(envelope: Envelope, key: VerificationKey & { readonly party: PartyId }): void {
  checkKeyBinding(envelope, key);
  if (!verifySignatureSync(key, envelope.signingInput, envelope.signature)) throw badSignature();
}
