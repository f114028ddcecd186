// Whether a token was signed by the key of the party it speaks for, on any platform with WebCrypto.
import type { Envelope } from './envelope.js';
import type { KeyId, PartyId } from './ids.js';
import { badSignature, checkKeyBinding } from './key-binding.js';
import { algorithmOf, type PublicJwk } from './public-jwk.js';
import { verifySignature } from './signature.js';

/** A key as enrolled: whose it is, itself (from readPublicJwk), and its {@link keyId}. */
export type PartyKey = { readonly party: PartyId; readonly jwk: PublicJwk; readonly kid: KeyId };

const encoder = new TextEncoder();

/**
 * Checks a token against the key it names, in this order: token.unknown-key (kid names another key), token.alg-key,
 * token.other-party, token.signature. Whether the key counts (enrolled, not revoked) is the caller's to know.
 * @throws TokenRefused with one of these codes
 */
export async function verifyToken(envelope: Envelope, key: PartyKey): Promise<void> {
  checkKeyBinding(envelope, { party: key.party, kid: key.kid, alg: algorithmOf(key.jwk) });
  const signed = encoder.encode(envelope.signingInput);
  if (!(await verifySignature(key.jwk, signed, envelope.signature))) throw badSignature();
}
