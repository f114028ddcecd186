// A P-256 public key must be a point of the curve: elsewhere ECDSA promises nothing (SEC 1 section 3.2.2).

const p = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn;
const b = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn;

/** Whether these big-endian affine coordinates, both below the field's prime, solve y² = x³ − 3x + b. */
export function isOnP256(x: Uint8Array, y: Uint8Array): boolean {
  const [X, Y] = [bigEndian(x), bigEndian(y)];
  return X < p && Y < p && (Y * Y - (X * X * X - 3n * X + b)) % p === 0n;
}

const bigEndian = (bytes: Uint8Array): bigint => bytes.reduce((number, byte) => (number << 8n) | BigInt(byte), 0n);
