export { importKey, type VerificationKey } from './verification-key.js';
export { parseTokenSync } from './parse-token-sync.js';
export { verifyProofOfPossessionSync } from './possession-sync.js';
export { verifyTokenSync } from './verify-token-sync.js';
