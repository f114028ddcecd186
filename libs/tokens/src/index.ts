export {
  AccessRefused,
  accessScopes,
  accessType,
  longestAccessSeconds,
  mintAccess,
  readAccess,
  type AccessAsked,
  type AccessClaims,
  type AccessScope,
} from './access.js';
export { base64url } from './base64url.js';
export { commitment, newSalt, saltBytes } from './commitment.js';
export type { Algorithm, BasicClaims, Envelope, Header } from './envelope.js';
export {
  isHash,
  isJti,
  isKeyId,
  isPartyId,
  isSiteId,
  isTokenId,
  patterns,
  type Brand,
  type Hash,
  type Jti,
  type KeyId,
  type PartyId,
  type ShipmentId,
  type SiteId,
  type TokenId,
} from './ids.js';
export { newJti } from './jti.js';
export { exportPrivateJwk, importPrivateJwk, type PrivateJwk } from './key-file.js';
export { keyId } from './key-id.js';
export { mintToken } from './mint-token.js';
export { maxTokenBytes, parseToken } from './parse-token.js';
export { proofOfPossession, verifyProofOfPossession } from './possession.js';
export { PromiseRefused, promiseType, readPromise, type IntakePromise, type PromisedToken } from './promise.js';
export { algorithmOf, readPublicJwk, type PublicJwk } from './public-jwk.js';
export { scanMembers } from './scan-members.js';
export { sha256Hash, tokenId, type Sha256 } from './sha256.js';
export {
  formatShipmentId,
  isShipmentId,
  readShipmentId,
  shipmentId,
  shipmentIdFault,
  type ShipmentIdFault,
} from './shipment-id.js';
export { generateSigner, signerFromCryptoKey, type Signer, type SignerWithKey } from './signer.js';
export { refusalCodes, TokenRefused, type RefusalCode } from './token-refused.js';
export { verifyToken, type PartyKey } from './verify-token.js';
