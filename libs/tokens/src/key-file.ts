// Private keys on their way into and out of key files: a party's root and gateway keys live in its agent or command.
import { exportJWK, importJWK, type CryptoKey } from 'jose';
import { base64url } from './base64url.js';
import { algorithmOf, readPublicJwk, type PublicJwk } from './public-jwk.js';
import { signerFromCryptoKey, type SignerWithKey } from './signer.js';
import { TokenRefused } from './token-refused.js';

/** What a key file holds: the public members and `d`, 32 bytes of base64url. */
export type PrivateJwk = PublicJwk & { readonly d: string };

/**
 * The members of an extractable private key.
 * @throws TypeError when the key is not extractable, as device keys are not
 */
export async function exportPrivateJwk(privateKey: CryptoKey): Promise<PrivateJwk> {
  const { kty, crv, x, y, d } = await exportJWK(privateKey);
  const jwk = readPublicJwk(kty === 'EC' ? { kty, crv, x, y } : { kty, crv, x });
  return { ...jwk, d: readSecret(d) };
}

/**
 * A signer from a key file's content. The imported key cannot be exported again unless `extractable`.
 * @throws TokenRefused key.form (also when the two halves do not belong together), key.off-curve, key.small-order
 */
export async function importPrivateJwk(
  value: unknown,
  options: { extractable?: boolean } = {},
): Promise<SignerWithKey> {
  const { d, ...publicMembers } = Object(value) as Record<string, unknown>;
  const jwk = readPublicJwk(publicMembers);
  const privateKey = await importKey({ ...jwk, d: readSecret(d) }, options.extractable ?? false);
  return { signer: signerFromCryptoKey(privateKey, jwk), privateKey };
}

async function importKey(jwk: PrivateJwk, extractable: boolean): Promise<CryptoKey> {
  try {
    return await importJWK({ ...jwk }, algorithmOf(jwk), { extractable });
  } catch (error) {
    // What WebCrypto says of halves that do not belong together.
    if ((error as Partial<Error>).name !== 'DataError') throw error;
    throw new TokenRefused('key.form', 'd is not the private half of this public key', '/d');
  }
}

function readSecret(d: unknown): string {
  if (typeof d === 'string' && base64url.decodeStrict(d)?.length === 32) return d;
  throw new TokenRefused('key.form', 'd is not 32 bytes of strict base64url', '/d');
}
