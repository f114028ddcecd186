// The two signature algorithms on WebCrypto, as devices and browsers have them.
import { importJWK, type CryptoKey } from 'jose';
import type { Algorithm } from './envelope.js';
import { algorithmOf, type PublicJwk } from './public-jwk.js';

/** Both algorithms sign in 64 bytes: ES256 r ‖ s (RFC 7518 section 3.4), Ed25519 R ‖ S (RFC 8032). */
export const signatureBytes = 64;

/** What WebCrypto calls each algorithm. */
const webCrypto = {
  ES256: { name: 'ECDSA', hash: 'SHA-256' },
  Ed25519: { name: 'Ed25519' },
} as const;

// readPublicJwk's keys are frozen, so what was imported from one stays true; others are imported each time.
const imported = new WeakMap<PublicJwk, CryptoKey>();

/** The raw signature over these bytes. Rejects when the key is not one of the algorithm. */
export async function sign(privateKey: CryptoKey, alg: Algorithm, bytes: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.sign(webCrypto[alg], privateKey, new Uint8Array(bytes)));
}

/** Whether it is this key's raw signature over these bytes. Rejects only when the platform cannot import the key. */
export async function verifySignature(jwk: PublicJwk, bytes: Uint8Array, signature: Uint8Array): Promise<boolean> {
  if (signature.length !== signatureBytes) return false;
  const key = await importPublicKey(jwk);
  const parameters = webCrypto[algorithmOf(jwk)];
  return crypto.subtle.verify(parameters, key, new Uint8Array(signature), new Uint8Array(bytes));
}

async function importPublicKey(jwk: PublicJwk): Promise<CryptoKey> {
  const known = imported.get(jwk);
  if (known) return known;
  const key = await importJWK({ ...jwk }, algorithmOf(jwk));
  if (Object.isFrozen(jwk)) imported.set(jwk, key);
  return key;
}
