// The hash of all trees here. Synchronous, because a tree takes it entry by entry, and replaceable, because a server
// has a faster one.
import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js';

/** Bytes to their 32-byte SHA-256 digest. Must not keep the bytes. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array;

/** The portable digest, in JavaScript. */
export const sha256: Sha256 = (bytes) => nobleSha256(bytes);
