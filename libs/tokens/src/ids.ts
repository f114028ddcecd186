// The names things go by in a token (docs/protocol section 2), as branded strings: a raw string never passes for one.

declare const brand: unique symbol;

/** `T` that was checked to be a `B`; only the functions that check it hand it out. */
export type Brand<T, B extends string> = T & { readonly [brand]: { readonly [K in B]: true } };

/** base64url SHA-256, 43 characters. */
export type Hash = Brand<string, 'Hash'>;
/** Token id: the {@link Hash} of a token's signing input. */
export type TokenId = Hash & Brand<string, 'TokenId'>;
/** RFC 7638 thumbprint of a public key: a {@link Hash}. */
export type KeyId = Hash & Brand<string, 'KeyId'>;
/** 16 random bytes, base64url, 22 characters. */
export type Jti = Brand<string, 'Jti'>;
/** An organisation's id, 3 to 40 characters. */
export type PartyId = Brand<string, 'PartyId'>;
/** A place of a party: `party/site`. */
export type SiteId = Brand<string, 'SiteId'>;
/** 16 Crockford base32 characters and a check character, stored without dashes. */
export type ShipmentId = Brand<string, 'ShipmentId'>;

/**
 * The forms of section 2. A hash or jti is canonical: the bits of the last character beyond its 32 or 16 bytes are
 * zero, so that no two strings mean the same bytes.
 */
export const patterns = {
  hash: /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/,
  jti: /^[A-Za-z0-9_-]{21}[AQgw]$/,
  partyId: /^[a-z0-9][a-z0-9-]{1,38}[a-z0-9]$/,
  siteId: /^[a-z0-9][a-z0-9-]{1,38}[a-z0-9]\/[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/,
  evt: /^[a-z][a-z-]{1,30}$/,
  deployment: /^[a-z0-9][a-z0-9.-]{1,62}$/,
} as const;

const matches = (pattern: RegExp, value: unknown): boolean => typeof value === 'string' && pattern.test(value);

/** Whether it is 43 characters of canonical base64url, as every SHA-256 in a token is. */
export const isHash = (value: unknown): value is Hash => matches(patterns.hash, value);

/** Whether it has the form of a token id; not whether such a token exists. */
export const isTokenId = (value: unknown): value is TokenId => matches(patterns.hash, value);

/** Whether it has the form of a key id; not whether such a key is enrolled. */
export const isKeyId = (value: unknown): value is KeyId => matches(patterns.hash, value);

/** Whether it is 22 characters of canonical base64url, 16 bytes. */
export const isJti = (value: unknown): value is Jti => matches(patterns.jti, value);

/** Whether it has the form of a party id; not whether such a party is established. */
export const isPartyId = (value: unknown): value is PartyId => matches(patterns.partyId, value);

/** Whether it has the form `party/site`. */
export const isSiteId = (value: unknown): value is SiteId => matches(patterns.siteId, value);
