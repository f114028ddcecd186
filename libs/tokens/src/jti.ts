// What makes two equal statements two tokens.
import { base64url } from './base64url.js';
import type { Jti } from './ids.js';

/** A fresh `jti`: 16 random bytes, base64url. */
export const newJti = (): Jti => base64url.encode(crypto.getRandomValues(new Uint8Array(16))) as Jti;
