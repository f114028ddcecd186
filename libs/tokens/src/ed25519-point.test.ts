// Which points are of small order, shown by the curve's own addition and not by the table under test.
import fc from 'fast-check';
import { base64url } from './base64url.js';
import { classifyEd25519 } from './ed25519-point.js';
import { generateSigner } from './signer.js';
import { keyVectors } from './vectors/index.js';

type Point = { x: bigint; y: bigint };

const p = 2n ** 255n - 19n;
const modulo = (value: bigint): bigint => ((value % p) + p) % p;

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  for (let square = modulo(base), rest = exponent; rest > 0n; square = modulo(square * square), rest >>= 1n) {
    if (rest & 1n) result = modulo(result * square);
  }
  return result;
}

const inverse = (value: bigint): bigint => power(value, p - 2n);
const d = modulo(-121665n * inverse(121666n));

function add(a: Point, b: Point): Point {
  const product = d * a.x * b.x * a.y * b.y;
  return {
    x: modulo((a.x * b.y + b.x * a.y) * inverse(1n + product)),
    y: modulo((a.y * b.y + a.x * b.x) * inverse(1n - product)),
  };
}

/** RFC 8032 section 5.1.3; null where it fails. */
function decodePoint(bytes: Uint8Array): Point | null {
  const number = bytes.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  const [sign, y] = [number >> 255n, number & (2n ** 255n - 1n)];
  if (y >= p) return null;
  const square = modulo((y * y - 1n) * inverse(d * y * y + 1n));
  let x = power(square, (p + 3n) / 8n);
  if (modulo(x * x) !== square) x = modulo(x * power(2n, (p - 1n) / 4n));
  if (modulo(x * x) !== square || (x === 0n && sign === 1n)) return null;
  return { x: (x & 1n) === sign ? x : p - x, y };
}

function expected(bytes: Uint8Array): string {
  const point = decodePoint(bytes);
  if (!point) return 'no-point';
  const twice = add(point, point);
  const eightTimes = add(add(twice, twice), add(twice, twice));
  return eightTimes.x === 0n && eightTimes.y === 1n ? 'small-order' : 'point';
}

describe('Ed25519 points', () => {
  it('the eight vectors of small order → eight different points, each times eight the neutral one', async () => {
    const xs = (await keyVectors())
      .filter((vector) => 'refused' in vector.expect && vector.expect.refused === 'key.small-order')
      .map(({ jwk }) => (jwk as { x: string }).x);
    expect(new Set(xs).size).toBe(8);
    expect(xs.map((x) => expected(base64url.decodeStrict(x) ?? new Uint8Array()))).toEqual(xs.map(() => 'small-order'));
  });

  it('any 32 bytes → as decoding and adding says', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (bytes) => {
        expect(classifyEd25519(bytes)).toBe(expected(bytes));
      }),
      { numRuns: 50 },
    );
  });

  it('a generated key → a point', async () => {
    const { signer } = await generateSigner('Ed25519');
    expect(classifyEd25519(base64url.decodeStrict(signer.jwk.x) ?? new Uint8Array())).toBe('point');
  });
});
