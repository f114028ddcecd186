// Which 32 bytes are an Ed25519 public key somebody can hold: libraries accept more, among them keys of small order, for
// which one signature fits many messages (RFC 8032 section 5.1.3, RFC 8037 security considerations).

const p = 2n ** 255n - 19n;
const d = 0x52036cee2b6ffe738cc740797779e89800700a4d4141d8ab75eb4dca135978a3n;

/** y of the points of order 8; with −y, and the y of orders 1, 2 and 4 (1, −1, 0), all of the eight there are. */
const yOfOrder8 = 0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n;
const smallOrder = new Set([1n, p - 1n, 0n, yOfOrder8, p - yOfOrder8]);

/** What a 32-byte encoding is: a usable point, one of the eight of small order, or none (RFC 8032 cannot decode it). */
export function classifyEd25519(encoded: Uint8Array): 'point' | 'small-order' | 'no-point' {
  const encodedNumber = encoded.reduceRight((number, byte) => (number << 8n) | BigInt(byte), 0n);
  const xIsOdd = encodedNumber >> 255n === 1n;
  const y = encodedNumber & (2n ** 255n - 1n);
  if (y >= p) return 'no-point';

  // x² = u/v with v never 0, and u/v is a square exactly where u·v is one.
  const u = y * y - 1n;
  const v = d * y * y + 1n;
  const criterion = power((((u * v) % p) + p) % p, (p - 1n) / 2n);
  if (criterion === p - 1n) return 'no-point';
  if (criterion === 0n && xIsOdd) return 'no-point';
  return smallOrder.has(y) ? 'small-order' : 'point';
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  for (let square = base, rest = exponent; rest > 0n; square = (square * square) % p, rest >>= 1n) {
    if (rest & 1n) result = (result * square) % p;
  }
  return result;
}
