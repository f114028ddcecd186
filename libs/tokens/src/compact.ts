// JWS Compact Serialization (RFC 7515 section 7.1), read strictly: three parts, each with one spelling.
import { base64url } from './base64url.js';
import { TokenRefused } from './token-refused.js';

const dot = 0x2e;

export type Parts = Readonly<Record<'header' | 'payload' | 'signature' | 'signingInput', Uint8Array>>;

/**
 * The three parts of a compact serialization and the signing input, none of them decoded.
 * @throws TokenRefused token.parts
 */
export function splitParts(token: Uint8Array): Parts {
  const first = token.indexOf(dot);
  const second = token.indexOf(dot, first + 1);
  if (first < 0 || second < 0 || token.includes(dot, second + 1)) {
    throw new TokenRefused('token.parts', 'the token has not exactly three parts');
  }
  if (first === 0 || second === first + 1 || second === token.length - 1) {
    throw new TokenRefused('token.parts', 'a part of the token is empty');
  }
  return {
    header: token.subarray(0, first),
    payload: token.subarray(first + 1, second),
    signature: token.subarray(second + 1),
    signingInput: token.subarray(0, second),
  };
}

/**
 * The bytes that a part spells.
 * @throws TokenRefused token.base64url
 */
export function readPart(name: 'header' | 'payload' | 'signature', part: Uint8Array): Uint8Array {
  const bytes = base64url.decodeStrict(part);
  if (!bytes) throw new TokenRefused('token.base64url', `the ${name} is not strict base64url`, `/${name}`);
  return bytes;
}
