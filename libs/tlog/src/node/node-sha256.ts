// The platform's SHA-256, which takes a fraction of the portable one's time: for a log, which hashes every entry.
import { hash } from 'node:crypto';
import { hashBytes } from '../merkle/merkle-hash.js';
import type { Sha256 } from '../sha256.js';

/** SHA-256 as every function of `@unbroken/tlog` that takes a `hash` wants it. */
export const nodeSha256: Sha256 = (bytes) => {
  // Copied out of a string, because making a Buffer takes longer than the hash.
  const binary = hash('sha256', bytes, 'binary');
  const digest = new Uint8Array(hashBytes);
  for (let at = 0; at < hashBytes; at++) digest[at] = binary.charCodeAt(at);
  return digest;
};
