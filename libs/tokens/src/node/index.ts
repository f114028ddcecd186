export { importKey, type VerificationKey } from './verification-key.js';
export { importPromiseKey, mintPromise, type PromiseKey } from './mint-promise.js';
export { parseTokenSync } from './parse-token-sync.js';
export { readCheckedToken } from './read-checked-token.js';
export { verifyProofOfPossessionSync } from './possession-sync.js';
export { verifyTokenSync } from './verify-token-sync.js';
