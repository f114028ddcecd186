// Who signs: a private key that may never be seen (a device's, non-extractable), behind the one thing asked of it.
import { exportJWK, generateKeyPair, type CryptoKey } from 'jose';
import type { Algorithm } from './envelope.js';
import type { KeyId } from './ids.js';
import { keyId } from './key-id.js';
import { algorithmOf, readPublicJwk, type PublicJwk } from './public-jwk.js';
import { sign } from './signature.js';

/** A key that can sign. `sign` answers the raw 64-byte signature over the bytes it is given. */
export interface Signer {
  readonly kid: KeyId;
  readonly alg: Algorithm;
  readonly jwk: PublicJwk;
  sign(bytes: Uint8Array): Promise<Uint8Array>;
}

/** A signer together with the private key to keep for it, in IndexedDB or a key file. */
export type SignerWithKey = { readonly signer: Signer; readonly privateKey: CryptoKey };

/** A signer from a WebCrypto private key and its public half. Signing rejects where the two are of different kinds. */
export function signerFromCryptoKey(privateKey: CryptoKey, jwk: PublicJwk): Signer {
  const alg = algorithmOf(jwk);
  return { kid: keyId(jwk), alg, jwk, sign: (bytes) => sign(privateKey, alg, bytes) };
}

/** A new key. It cannot be exported unless `extractable`, which is for key files only. */
export async function generateSigner(alg: Algorithm, options: { extractable?: boolean } = {}): Promise<SignerWithKey> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: options.extractable ?? false });
  const { kty, crv, x, y } = await exportJWK(publicKey);
  const jwk = readPublicJwk(kty === 'EC' ? { kty, crv, x, y } : { kty, crv, x });
  return { signer: signerFromCryptoKey(privateKey, jwk), privateKey };
}
