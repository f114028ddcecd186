// Commitments keep personal data out of tokens: without the salt nobody can guess the content, and once content and
// salt are erased what remains says nothing (docs/protocol section 2).
import { sha256Hash } from './sha256.js';
import type { Hash } from './ids.js';

/** A commitment's salt is this many random bytes. */
export const saltBytes = 32;

const encoder = new TextEncoder();

/** A fresh salt. One per commitment: a reused one lets equal contents be recognised. */
export const newSalt = (): Uint8Array<ArrayBuffer> => crypto.getRandomValues(new Uint8Array(saltBytes));

/**
 * base64url SHA-256 of the salt followed by the content (a string as UTF-8).
 * @throws RangeError when the salt is not 32 bytes, since a short one shifts bytes between salt and content.
 */
export function commitment(salt: Uint8Array, content: string | Uint8Array): Hash {
  if (salt.length !== saltBytes) {
    throw new RangeError(`a commitment's salt is ${saltBytes} bytes, this one ${salt.length}; make it with newSalt()`);
  }
  const contentBytes = typeof content === 'string' ? encoder.encode(content) : content;
  const committed = new Uint8Array(saltBytes + contentBytes.length);
  committed.set(salt);
  committed.set(contentBytes, saltBytes);
  return sha256Hash(committed);
}
