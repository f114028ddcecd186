// ES256 that signs the same bytes the same way every time (RFC 6979), so that vectors do not change with each writing.
// BigInt arithmetic takes time that depends on the key: for vectors only, never for a key that is a secret.
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { base64url } from '../base64url.js';
import type { PrivateJwk } from '../key-file.js';
import { keyId } from '../key-id.js';
import { readPublicJwk } from '../public-jwk.js';
import type { Signer } from '../signer.js';

type Point = { x: bigint; y: bigint } | null;

const p = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn;
const generator: Point = {
  x: 0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296n,
  y: 0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5n,
};

/** The order of P-256. */
export const n = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/** A signer whose signatures depend on nothing but key and bytes. */
export function deterministicEs256({ d, ...publicMembers }: PrivateJwk): Signer {
  const jwk = readPublicJwk(publicMembers);
  const secret = toNumber(base64url.decodeStrict(d) ?? new Uint8Array());
  return { kid: keyId(jwk), alg: 'ES256', jwk, sign: (bytes) => Promise.resolve(signDeterministically(secret, bytes)) };
}

/** The other signature (r, n−s) that verifies wherever this one does. */
export function twinOf(signature: Uint8Array): Uint8Array {
  const s = toNumber(signature.subarray(32));
  return join(signature.subarray(0, 32), toBytes(n - s));
}

function signDeterministically(secret: bigint, bytes: Uint8Array): Uint8Array {
  const digest = toNumber(sha256(bytes)) % n;
  const k = nonce(secret, digest);
  const r = (multiply(k, generator)?.x ?? 0n) % n;
  const s = (invert(k, n) * (digest + r * secret)) % n;
  return join(toBytes(r), toBytes(s));
}

/** RFC 6979 section 3.2, steps b to h, where the digest is as long as the order. */
function nonce(secret: bigint, digest: bigint): bigint {
  const seed = join(toBytes(secret), toBytes(digest));
  let V: Uint8Array = new Uint8Array(32).fill(1);
  let K: Uint8Array = new Uint8Array(32);
  for (const marker of [0, 1]) {
    K = hmac(sha256, K, join(V, Uint8Array.of(marker), seed));
    V = hmac(sha256, K, V);
  }
  for (;;) {
    V = hmac(sha256, K, V);
    const k = toNumber(V);
    if (k > 0n && k < n) return k;
    K = hmac(sha256, K, join(V, Uint8Array.of(0)));
    V = hmac(sha256, K, V);
  }
}

function multiply(factor: bigint, point: Point): Point {
  let product: Point = null;
  for (let rest = factor, power = point; rest > 0n; rest >>= 1n, power = add(power, power)) {
    if (rest & 1n) product = add(product, power);
  }
  return product;
}

function add(a: Point, b: Point): Point {
  if (!a || !b) return a ?? b;
  if (a.x === b.x && a.y !== b.y) return null;
  const slope = a.x === b.x ? (3n * a.x * a.x - 3n) * invert(2n * a.y, p) : (b.y - a.y) * invert(b.x - a.x, p);
  const x = modulo(slope * slope - a.x - b.x, p);
  return { x, y: modulo(slope * (a.x - x) - a.y, p) };
}

function invert(value: bigint, modulus: bigint): bigint {
  let [a, b, u, v] = [modulo(value, modulus), modulus, 1n, 0n];
  while (a !== 0n) [a, b, u, v] = [b % a, a, v - (b / a) * u, u];
  return modulo(v, modulus);
}

const modulo = (value: bigint, modulus: bigint): bigint => ((value % modulus) + modulus) % modulus;
const toNumber = (bytes: Uint8Array): bigint => bytes.reduce((number, byte) => (number << 8n) | BigInt(byte), 0n);
const toBytes = (value: bigint): Uint8Array =>
  Uint8Array.from({ length: 32 }, (_, i) => Number((value >> BigInt(8 * (31 - i))) & 0xffn));

function join(...pieces: Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
}
