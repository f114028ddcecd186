// The strict reading of a token's envelope (docs/protocol section 2), from its raw bytes and never from re-serialised JSON.
import { readPart, splitParts, type Parts } from './compact.js';
import type { Envelope, Header } from './envelope.js';
import { HeaderMemory } from './header-memory.js';
import type { TokenId } from './ids.js';
import { readClaims } from './read-claims.js';
import { readHeader } from './read-header.js';
import { sha256, sha256Hash, type Sha256 } from './sha256.js';
import { readJsonObject, readUtf8, type JsonObject } from './strict-json.js';
import { TokenRefused } from './token-refused.js';

/** A token is at most this many bytes. */
export const maxTokenBytes = 8192;

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const headers = new HeaderMemory();

/**
 * Reads a token's envelope; neither its signature nor its further claims are checked.
 *
 * The first fault in this order refuses it: token.too-large, token.parts, token.base64url (header, payload, signature),
 * token.utf8 (header, payload), then of the header and after it of the payload token.json and token.duplicate-member,
 * then token.header, token.alg, token.typ, token.kid, and token.claim.
 *
 * @param token the compact serialization, as bytes or as a string of the same characters
 * @param hash SHA-256, where the platform has a faster one than the portable
 * @throws TokenRefused with one of these codes, and never anything else
 */
export function parseToken(token: Uint8Array | string, hash: Sha256 = sha256): Envelope {
  const bytes = readBytes(token);
  const parts = splitParts(bytes);

  const raw = decoder.decode(bytes);
  // Headers are known by their base64url, which no other bytes decode to.
  const known = headers.known(raw.slice(0, parts.header.length));
  const { header, payload, signature } = known === undefined ? readParts(parts) : readPartsUnder(known, parts);
  if (known === undefined) headers.remember(decoder.decode(parts.header), header);
  const claims = readClaims(payload);

  const signingInput = raw.slice(0, parts.signingInput.length);
  const tid = sha256Hash(parts.signingInput, hash) as TokenId;
  return { raw, tid, header, claims, signingInput, signature };
}

interface Read {
  readonly header: Header;
  readonly payload: JsonObject;
  readonly signature: Uint8Array;
}

function readParts(parts: Parts): Read {
  const headerBytes = readPart('header', parts.header);
  const payloadBytes = readPart('payload', parts.payload);
  const signature = readPart('signature', parts.signature);

  const headerText = readUtf8('header', headerBytes);
  const payloadText = readUtf8('payload', payloadBytes);

  const headerObject = readJsonObject('header', headerText);
  const payload = readJsonObject('payload', payloadText);

  return { header: readHeader(headerObject), payload, signature };
}

/** The same of a header in which no fault was found when it was read. */
function readPartsUnder(header: Header, parts: Parts): Read {
  const payloadBytes = readPart('payload', parts.payload);
  const signature = readPart('signature', parts.signature);
  return { header, payload: readJsonObject('payload', readUtf8('payload', payloadBytes)), signature };
}

function readBytes(token: Uint8Array | string): Uint8Array {
  // A string has at least as many bytes as units, so a far too long one is never encoded.
  if (token.length <= maxTokenBytes) {
    const bytes = typeof token === 'string' ? encoder.encode(token) : token;
    if (bytes.length <= maxTokenBytes) return bytes;
  }
  throw new TokenRefused('token.too-large', `the token is over ${maxTokenBytes} bytes`);
}
