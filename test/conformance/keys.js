// Keys as the protocol knows them: P-256 or Ed25519, named by their RFC 7638 thumbprint (section 2).
import { createHash, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';

/**
 * @typedef {'ES256' | 'Ed25519'} Alg
 *
 * @typedef {object} Key
 * @property {Alg} alg
 * @property {Record<string, string>} jwk the public key, its required members only
 * @property {string} kid
 * @property {(text: string) => Buffer} sign 64 bytes, as RFC 7518 section 3.4 or RFC 8037 has it
 */

/**
 * Bytes or ASCII as the protocol's `hash`: 43 characters of base64url SHA-256.
 * @param {string | Buffer} content
 */
export function hashOf(content) {
  return createHash('sha256').update(content).digest('base64url');
}

/**
 * A fresh key that lives as long as this run.
 * @param {Alg} alg
 * @returns {Key}
 */
export function newKey(alg) {
  const { publicKey, privateKey } =
    alg === 'ES256' ? generateKeyPairSync('ec', { namedCurve: 'P-256' }) : generateKeyPairSync('ed25519');
  const jwk = requiredMembers(publicKey.export({ format: 'jwk' }));
  const digest = alg === 'ES256' ? 'sha256' : null;
  return {
    alg,
    jwk,
    kid: hashOf(JSON.stringify(jwk)),
    sign: (text) => sign(digest, Buffer.from(text, 'ascii'), { key: privateKey, dsaEncoding: 'ieee-p1363' }),
  };
}

/**
 * The members a thumbprint is made of, in its lexicographic order (RFC 7638 section 3.2, RFC 8037 section 2).
 * @param {import('node:crypto').JsonWebKey} jwk
 * @returns {Record<string, string>}
 */
function requiredMembers({ crv = '', kty = '', x = '', y }) {
  return y === undefined ? { crv, kty, x } : { crv, kty, x, y };
}

/**
 * The thumbprint of a key somebody else published.
 * @param {import('node:crypto').JsonWebKey} jwk
 */
export function thumbprint(jwk) {
  return hashOf(JSON.stringify(requiredMembers(jwk)));
}

/**
 * Whether this public key signed the token.
 * @param {import('node:crypto').JsonWebKey} jwk
 * @param {string} jws
 */
export function signedBy(jwk, jws) {
  const [header, payload, signature = ''] = jws.split('.');
  const key = createPublicKey({ key: jwk, format: 'jwk' });
  const digest = jwk.kty === 'EC' ? 'sha256' : null;
  const input = Buffer.from(`${header}.${payload}`, 'ascii');
  return verify(digest, input, { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'));
}
