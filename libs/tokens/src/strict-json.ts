// One part of a token as the one JSON object it stands for: what two readers could read differently is refused
// (docs/protocol section 2, "Strict reading").
import { scanMembers } from './scan-members.js';
import { TokenRefused } from './token-refused.js';

/** An object as JSON.parse made it: values unchecked, members its own, `__proto__` a member like any other. */
export type JsonObject = Readonly<Record<string, unknown>>;

// The byte order mark is kept, so that JSON.parse refuses it.
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * The text of a part.
 * @throws TokenRefused token.utf8
 */
export function readUtf8(part: 'header' | 'payload', bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw new TokenRefused('token.utf8', `the ${part} is not UTF-8`, `/${part}`);
  }
}

/**
 * The one JSON object that is the whole text.
 * @throws TokenRefused token.json, token.duplicate-member; the pointer leads into the part
 */
export function readJsonObject(part: 'header' | 'payload', text: string): JsonObject {
  const value = parseJson(part, text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new TokenRefused('token.json', `the ${part} is JSON but not an object`, `/${part}`);
  }
  const found = scanMembers(text);
  if (found?.fault === 'lone-surrogate') {
    throw new TokenRefused('token.json', `a string in the ${part} holds half a surrogate pair`, found.pointer);
  }
  if (found) throw new TokenRefused('token.duplicate-member', `the ${part} names a member twice`, found.pointer);
  return value as JsonObject;
}

function parseJson(part: 'header' | 'payload', text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new TokenRefused('token.json', `the ${part} is not JSON`, `/${part}`);
  }
}
