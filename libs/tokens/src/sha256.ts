// SHA-256 as every id of the protocol uses it: synchronous, because ids are needed where nothing can be awaited, and
// replaceable, because a server has a faster one.
import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js';
import { base64url } from './base64url.js';
import type { Hash, TokenId } from './ids.js';

/** Bytes to their 32-byte SHA-256 digest. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array;

/** The portable digest, in JavaScript. */
export const sha256: Sha256 = (bytes) => nobleSha256(bytes);

const encoder = new TextEncoder();

/** The 43-character base64url SHA-256 of these bytes, as a claim of form `hash` carries it. */
export const sha256Hash = (bytes: Uint8Array, hash: Sha256 = sha256): Hash => base64url.encode(hash(bytes)) as Hash;

/**
 * The id of a token: the hash of its JWS Signing Input (`header.payload`, ASCII). The signature is outside it, so both
 * ES256 signatures (r, s) and (r, n−s) of one statement are one token (docs/protocol section 2).
 */
export const tokenId = (signingInput: string, hash: Sha256 = sha256): TokenId =>
  sha256Hash(encoder.encode(signingInput), hash) as TokenId;
