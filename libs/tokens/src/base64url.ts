// RFC 4648 section 5 without padding, read strictly: one byte string has exactly one spelling, so that a token cannot
// be respelled into other bytes with the same meaning.

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const invalid = 0xff;
const sextets = new Uint8Array(256).fill(invalid);
for (let value = 0; value < alphabet.length; value++) sextets[alphabet.charCodeAt(value)] = value;

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const characters = encoder.encode(alphabet);

function encode(bytes: Uint8Array): string {
  const tail = bytes.length % 3;
  const whole = bytes.length - tail;
  // Characters as bytes, made a text at once: joined one by one, each is a text that is thrown away.
  const text = new Uint8Array(Math.ceil((bytes.length * 4) / 3));
  let length = 0;
  for (let i = 0; i < bytes.length; i += 3) {
    const group = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    text[length++] = character(group >> 18);
    text[length++] = character(group >> 12);
    if (i === whole && tail === 1) break;
    text[length++] = character(group >> 6);
    if (i < whole) text[length++] = character(group);
  }
  return decoder.decode(text);
}

/** Of the lowest six bits. */
const character = (bits: number): number => characters[bits & 63] ?? 0;

function decodeStrict(spelled: string | Uint8Array): Uint8Array<ArrayBuffer> | null {
  const text = typeof spelled === 'string' ? encoder.encode(spelled) : spelled;
  const tail = text.length % 4;
  if (tail === 1) return null;
  const whole = text.length - tail;
  const bytes = new Uint8Array((text.length * 3) >> 2);
  let length = 0;
  for (let i = 0; i < whole; i += 4) {
    const a = sextet(text, i);
    const b = sextet(text, i + 1);
    const c = sextet(text, i + 2);
    const d = sextet(text, i + 3);
    if ((a | b | c | d) === invalid) return null;
    bytes[length++] = (a << 2) | (b >> 4);
    bytes[length++] = (b << 4) | (c >> 2);
    bytes[length++] = (c << 6) | d;
  }
  if (tail === 0) return bytes;

  const a = sextet(text, whole);
  const b = sextet(text, whole + 1);
  const c = tail === 3 ? sextet(text, whole + 2) : 0;
  if ((a | b | c) === invalid) return null;
  bytes[length++] = (a << 2) | (b >> 4);
  if (tail === 2) return (b & 0b1111) === 0 ? bytes : null;
  bytes[length] = (b << 4) | (c >> 2);
  return (c & 0b11) === 0 ? bytes : null;
}

/** The six bits a character stands for; {@link invalid} stays itself when or-ed with others, and sextets never make it. */
const sextet = (text: Uint8Array, at: number): number => sextets[text[at] ?? 0] ?? invalid;

/**
 * base64url: `encode` writes without padding; `decodeStrict` takes a string or its ASCII bytes and answers `null` for
 * padding, white space, characters outside the alphabet, an impossible length and trailing bits that are not zero.
 */
export const base64url = { encode, decodeStrict } as const;
