// What holds of every token, whatever it says: the header, the five basic claims, and the bytes that were signed.
import type { Jti, KeyId, PartyId, ShipmentId, TokenId } from './ids.js';

/** The two signature algorithms of the protocol (RFC 7518 ES256, RFC 9864 Ed25519). */
export type Algorithm = 'ES256' | 'Ed25519';

/** The JOSE header: exactly these three members. */
export type Header = { readonly alg: Algorithm; readonly typ: 'custody+jwt'; readonly kid: KeyId };

/** The claims of every token. `iat` is in whole seconds since 1970. */
export type BasicClaims = {
  readonly iss: PartyId;
  readonly sub: ShipmentId | PartyId;
  readonly jti: Jti;
  readonly iat: number;
  readonly evt: string;
};

/** A token whose envelope was read strictly. Its signature is not checked yet, its further claims are unread. */
export type Envelope = {
  /** The token exactly as it came. */
  readonly raw: string;
  readonly tid: TokenId;
  readonly header: Header;
  /** The basic claims checked; every other member as JSON.parse made it, own member `__proto__` included. */
  readonly claims: BasicClaims & Readonly<Record<string, unknown>>;
  /** `header.payload`: the bytes the signature is over, ASCII. */
  readonly signingInput: string;
  readonly signature: Uint8Array;
};
