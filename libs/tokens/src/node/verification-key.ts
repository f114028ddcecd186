// Keys as servers keep them: imported once, because importing costs more than verifying with them.
import { createPublicKey, verify, type KeyObject } from 'node:crypto';
import type { Algorithm } from '../envelope.js';
import type { KeyId } from '../ids.js';
import { keyId } from '../key-id.js';
import { algorithmOf, readPublicJwk, type PublicJwk } from '../public-jwk.js';
import { signatureBytes } from '../signature.js';

/** A public key ready to verify with. Keep it for as long as the key counts. */
export type VerificationKey = {
  readonly kid: KeyId;
  readonly alg: Algorithm;
  readonly keyObject: KeyObject;
  readonly jwk: PublicJwk;
};

/**
 * A key for synchronous verification, read as strictly as at enrolment.
 * @throws TokenRefused as readPublicJwk
 */
export function importKey(jwk: PublicJwk): VerificationKey {
  const read = readPublicJwk(jwk);
  const keyObject = createPublicKey({ key: { ...read }, format: 'jwk' });
  return { kid: keyId(read), alg: algorithmOf(read), keyObject, jwk: read };
}

/** Whether it is this key's raw signature over these ASCII characters. */
export function verifySignatureSync(key: VerificationKey, ascii: string, signature: Uint8Array): boolean {
  if (signature.length !== signatureBytes) return false;
  const bytes = Buffer.from(ascii, 'latin1');
  return key.alg === 'ES256'
    ? verify('sha256', bytes, { key: key.keyObject, dsaEncoding: 'ieee-p1363' }, signature)
    : verify(null, bytes, key.keyObject, signature);
}
