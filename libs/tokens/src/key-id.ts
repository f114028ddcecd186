// A key is named by what it is, so that nobody can give one key another's name (RFC 7638).
import type { KeyId } from './ids.js';
import type { PublicJwk } from './public-jwk.js';
import { sha256Hash } from './sha256.js';

const encoder = new TextEncoder();

/** The RFC 7638 SHA-256 thumbprint of a public key: its required members in lexical order, without white space. */
export function keyId(jwk: PublicJwk): KeyId {
  const { crv, kty, x } = jwk;
  const required = jwk.kty === 'EC' ? { crv, kty, x, y: jwk.y } : { crv, kty, x };
  return sha256Hash(encoder.encode(JSON.stringify(required))) as KeyId;
}
