// Proof of possession: a key is enrolled only when it says itself that it wants to serve this party under this root, so
// that nobody enrols another's key as its own (docs/protocol section 3, `enrolled`).
import { base64url } from './base64url.js';
import type { KeyId, PartyId } from './ids.js';
import type { PublicJwk } from './public-jwk.js';
import { verifySignature } from './signature.js';
import type { Signer } from './signer.js';

const encoder = new TextEncoder();

/**
 * What a new key signs: ASCII `party.rootkid`. No token's signing input reads like it, for a party id has no upper case
 * and base64url of a JSON object has.
 */
export const possessionStatement = (party: PartyId, rootKid: KeyId): string => `${party}.${rootKid}`;

/** The `pop` claim: the new key's raw 64-byte signature over the statement, base64url. */
export async function proofOfPossession(signer: Signer, party: PartyId, rootKid: KeyId): Promise<string> {
  return base64url.encode(await signer.sign(encoder.encode(possessionStatement(party, rootKid))));
}

/** Whether `pop` is this key's signature over `party.rootkid`; false also for whatever has not its form. */
export async function verifyProofOfPossession(
  jwk: PublicJwk,
  party: PartyId,
  rootKid: KeyId,
  pop: string,
): Promise<boolean> {
  const signature = base64url.decodeStrict(pop);
  return signature !== null && verifySignature(jwk, encoder.encode(possessionStatement(party, rootKid)), signature);
}
