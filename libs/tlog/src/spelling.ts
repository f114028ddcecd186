// The spellings that all formats of C2SP share, read strictly: one value has exactly one spelling, so that what was
// signed, proven or counted cannot be respelled into other bytes with the same meaning.

const base64Form = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const decimalForm = /^(?:0|[1-9][0-9]{0,15})$/;
const loneSurrogate = /\p{Surrogate}/u;

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export const utf8 = (text: string): Uint8Array => encoder.encode(text);

/** The text of these bytes, byte order mark and all; null unless they are UTF-8. */
export function readUtf8(bytes: Uint8Array | string): string | null {
  if (typeof bytes === 'string') return loneSurrogate.test(bytes) ? null : bytes;
  try {
    return decoder.decode(bytes);
  } catch {
    return null;
  }
}

// Of all control characters, those that are neither a newline nor above ASCII's lower 32.
const controlForm = /[^\P{Cc}\n\x7f-\x9f]/u;

/** Has it an ASCII control character, below U+0020, other than a newline? */
export const hasControl = (text: string): boolean => controlForm.test(text);

/** Base64 with padding (RFC 4648 section 4). */
export function base64(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

/** The bytes; null for other characters, missing padding and trailing bits that are not zero (RFC 4648 section 3.5). */
export function readBase64(text: string): Uint8Array | null {
  if (!base64Form.test(text)) return null;
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  return base64(bytes) === text ? bytes : null;
}

/** Is it a size or an index that a number holds exactly? */
export const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;

/** A decimal count without sign or leading zeros; null also above 2^53 - 1, which a number cannot hold exactly. */
export function readDecimal(text: string): number | null {
  if (!decimalForm.test(text)) return null;
  const value = Number(text);
  return isCount(value) ? value : null;
}
