// The public keys the protocol knows, and the strict reading of one at enrolment (docs/protocol section 2).
import { base64url } from './base64url.js';
import { classifyEd25519 } from './ed25519-point.js';
import type { Algorithm } from './envelope.js';
import { jsonPointer } from './json-pointer.js';
import { isOnP256 } from './p256-point.js';
import { TokenRefused } from './token-refused.js';

/** A public JWK with exactly the members of its RFC 7638 thumbprint; coordinates are 32 bytes of base64url. */
export type PublicJwk =
  | { readonly kty: 'EC'; readonly crv: 'P-256'; readonly x: string; readonly y: string }
  | { readonly kty: 'OKP'; readonly crv: 'Ed25519'; readonly x: string };

/** The one algorithm a key signs with (RFC 8725 section 3.1). */
export const algorithmOf = (jwk: PublicJwk): Algorithm => (jwk.kty === 'EC' ? 'ES256' : 'Ed25519');

/**
 * A stranger's key as a public JWK, frozen.
 *
 * The first fault in this order refuses it: key.private (it has a `d`), key.form (members, kty and crv, coordinates that
 * are not 32 bytes of strict base64url), key.off-curve (no point, or not its one canonical encoding), key.small-order.
 * @throws TokenRefused with one of these codes
 */
export function readPublicJwk(value: unknown): PublicJwk {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new TokenRefused('key.form', 'the key is not a JSON object');
  }
  const jwk = value as Readonly<Record<string, unknown>>;
  if (Object.hasOwn(jwk, 'd')) throw new TokenRefused('key.private', 'the key is a private one', '/d');
  if (jwk['kty'] === 'EC' && jwk['crv'] === 'P-256') return readP256(jwk);
  if (jwk['kty'] === 'OKP' && jwk['crv'] === 'Ed25519') return readEd25519(jwk);
  throw new TokenRefused('key.form', 'the key is neither EC P-256 nor OKP Ed25519', '/crv');
}

function readP256(jwk: Readonly<Record<string, unknown>>): PublicJwk {
  requireOnly(jwk, ['kty', 'crv', 'x', 'y']);
  const x = readCoordinate(jwk, 'x');
  const y = readCoordinate(jwk, 'y');
  if (!isOnP256(x.bytes, y.bytes)) throw new TokenRefused('key.off-curve', 'x and y are no point of P-256', '/x');
  return Object.freeze({ kty: 'EC', crv: 'P-256', x: x.text, y: y.text });
}

function readEd25519(jwk: Readonly<Record<string, unknown>>): PublicJwk {
  requireOnly(jwk, ['kty', 'crv', 'x']);
  const x = readCoordinate(jwk, 'x');
  const found = classifyEd25519(x.bytes);
  if (found === 'no-point') throw new TokenRefused('key.off-curve', 'x is no canonical point of Ed25519', '/x');
  if (found === 'small-order') throw new TokenRefused('key.small-order', 'x is a point of small order', '/x');
  return Object.freeze({ kty: 'OKP', crv: 'Ed25519', x: x.text });
}

function requireOnly(jwk: object, members: readonly string[]): void {
  for (const name of Object.keys(jwk)) {
    if (!members.includes(name)) {
      throw new TokenRefused('key.form', 'the key has a member that is not part of it', jsonPointer([name]));
    }
  }
}

function readCoordinate(jwk: Readonly<Record<string, unknown>>, name: 'x' | 'y'): { text: string; bytes: Uint8Array } {
  const text = jwk[name];
  const bytes = typeof text === 'string' ? base64url.decodeStrict(text) : null;
  if (typeof text !== 'string' || bytes?.length !== 32) {
    throw new TokenRefused('key.form', `${name} is not 32 bytes of strict base64url`, `/${name}`);
  }
  return { text, bytes };
}
