// The closed set of reasons to refuse a token, a manifest or a key (docs/protocol section 2, "Strict reading"). Whatever else is
// wrong with a token is recorded as malformed or judged as a finding, never refused.

const cures = {
  'token.too-large': 'A token is at most 8192 bytes: keep photographs and texts outside and commit to them by hash.',
  'token.parts': 'Send header.payload.signature, three non-empty parts joined by dots, and nothing else.',
  'token.base64url':
    'Encode each part as base64url without padding, white space or left-over bits (RFC 4648 section 5).',
  'token.utf8': 'Encode header and payload as UTF-8.',
  'token.json': 'Header and payload are each exactly one JSON object, with no half of a surrogate pair in its strings.',
  'token.duplicate-member':
    'Name each member of an object once, at every depth; "\\u0069ss" is the same name as "iss".',
  'token.header': 'The header has exactly the members alg, typ and kid.',
  'token.alg': 'Sign with ES256 or Ed25519 and name it in alg.',
  'token.typ': 'Set typ to custody+jwt.',
  'token.kid': "Set kid to the RFC 7638 SHA-256 thumbprint of the signing key's public JWK, 43 characters.",
  'token.claim': 'Every token carries iss, sub, jti, iat and evt in the forms of docs/protocol section 2.',
  'token.unknown-key': 'Enrol the key that kid names, or sign with an enrolled one; a token waits 72 hours for it.',
  'token.alg-key': "Use the key's own algorithm: ES256 for a P-256 key, Ed25519 for an Ed25519 key.",
  'token.other-party': 'Sign with a key enrolled for the party that iss names.',
  'token.signature': 'Sign the exact bytes of header.payload; an ES256 signature is r and s, 32 bytes each, not DER.',
  'token.party-taken': 'Choose another party id: a party chain of this name exists with another root key.',
  'manifest.too-large': 'A piece is at most 8192 bytes: name fewer seals of that parcel.',
  'manifest.parts': 'Send token~item~index~path, four parts joined by tildes.',
  'manifest.claims':
    'Sign released or accepted with sub the own party and items {count, root}, and leave prev, seq, rel and seals to the items.',
  'manifest.count': 'A manifest has 1 to 1000 items, each of another parcel.',
  'manifest.item': 'An item is one JSON object of sub, prev, seq, and where needed rel and seals, each of its form.',
  'manifest.path': 'Send the index of the item and its inclusion path under the root (RFC 6962), from the leaf up.',
  'key.form': 'Give kty, crv, x (and y for P-256) of a P-256 or Ed25519 public key and no other member.',
  'key.private': 'Never send a private key: remove d, and replace the key, for it has been seen.',
  'key.off-curve': 'The coordinates are not a point of the curve: export the public key again or make a new one.',
  'key.small-order': 'Anybody can sign for a key of small order: make a new key.',
  'key.possession': 'Sign party.rootkid with the new key itself and carry that signature as pop.',
} as const;

/** Why a token or key was refused. Stable: these go to quarantine, to alerts and to other people's programs. */
export type RefusalCode = keyof typeof cures;

/** Every {@link RefusalCode}, in the order in which they are checked. */
export const refusalCodes: readonly RefusalCode[] = Object.freeze(Object.keys(cures) as RefusalCode[]);

/**
 * A token or key that is not accepted. `message` says what is wrong, `pointer` where (a JSON pointer into header, payload
 * or key, or to a part: /header, /payload, /signature), `cure` what to do about it. None of them quotes more of the input than member names.
 */
export class TokenRefused extends Error {
  readonly code: RefusalCode;
  readonly pointer?: string;
  readonly cure: string;

  constructor(code: RefusalCode, what: string, pointer?: string) {
    super(what);
    this.name = 'TokenRefused';
    this.code = code;
    this.cure = cures[code];
    if (pointer !== undefined) this.pointer = pointer;
  }
}
