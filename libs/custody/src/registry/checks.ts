// What has to hold before a party token is recorded: which key verifies it, and whether the keys it brings are keys and
// want to serve this party (docs/protocol, sections 2 and 3). The signature itself is checked by whoever asks.

import { keyId, readPublicJwk, TokenRefused } from '@unbroken/tokens';
import type { Envelope, KeyId, PartyId, PublicJwk, RefusalCode } from '@unbroken/tokens';
import { mayEstablish } from './party-name.js';
import type { Registry } from './registry.js';

export type PartyTokenCheck =
  /** Verify the envelope with this key, which is the party's. */
  | { readonly verifyWith: PublicJwk; readonly kid: KeyId; readonly party: PartyId }
  /** Park it until the key is enrolled. */
  | { readonly unknownKey: KeyId }
  | Refused;

/** `pointer` says where in the payload, as a JSON pointer. */
interface Refused {
  readonly refused: RefusalCode;
  readonly pointer: string;
}

/** Whether `pop` is this key's signature over `party.rootkid`. */
export type Possession<R extends boolean | Promise<boolean>> = (
  jwk: PublicJwk,
  party: PartyId,
  rootKid: KeyId,
  pop: string,
) => R;

type KnownParties = Pick<Registry, 'signerOf' | 'party' | 'pinned'>;

/**
 * Decides about a party token against everything the registry log holds so far. With a synchronous `possession` the
 * answer comes at once. Claims that are merely missing or of another type are not refused: those are malformed.
 *
 * Refusals: key.form, key.private, key.off-curve, key.small-order of the key it brings; key.possession; of
 * `established` also token.unknown-key (signed by another key than it carries), token.other-party (another's chain, or
 * a key that is known already), token.party-taken. A `rooted` by a key that nobody committed to waits like any other of an
 * unknown key.
 */
export function checkPartyToken(
  registry: KnownParties,
  envelope: Envelope,
  possession: Possession<boolean>,
): PartyTokenCheck;
export function checkPartyToken(
  registry: KnownParties,
  envelope: Envelope,
  possession: Possession<boolean | Promise<boolean>>,
): PartyTokenCheck | Promise<PartyTokenCheck>;
export function checkPartyToken(
  registry: KnownParties,
  envelope: Envelope,
  possession: Possession<boolean | Promise<boolean>>,
): PartyTokenCheck | Promise<PartyTokenCheck> {
  const { claims, header } = envelope;
  if (claims.evt === 'established') return checkEstablished(registry, envelope);
  if (claims.evt === 'rooted' && !registry.signerOf(header.kid)) return checkRooted(registry, envelope);
  const signer = registry.signerOf(header.kid);
  if (!signer) return { unknownKey: header.kid };
  const decision = { verifyWith: signer.jwk, kid: signer.kid, party: signer.party };
  if (claims.evt !== 'enrolled' || claims['jwk'] === undefined) return decision;
  const jwk = readKey(claims['jwk']);
  if ('refused' in jwk) return jwk;
  const pop = claims['pop'];
  const rootKid = registry.party(signer.party)?.rootKid;
  if (typeof pop !== 'string' || rootKid === undefined) return decision;
  const conclude = (proven: boolean): PartyTokenCheck =>
    proven ? decision : { refused: 'key.possession', pointer: '/pop' };
  const proven = possession(jwk, signer.party, rootKid, pop);
  return typeof proven === 'boolean' ? conclude(proven) : proven.then(conclude);
}

function checkEstablished(registry: KnownParties, { claims, header }: Envelope): PartyTokenCheck {
  const { kid } = header;
  const party = claims.iss;
  const jwk = readKey(claims['jwk']);
  if ('refused' in jwk) return jwk;
  if (keyId(jwk) !== kid) return { refused: 'token.unknown-key', pointer: '/jwk' };
  if (claims.sub !== party) return { refused: 'token.other-party', pointer: '/sub' };
  const rootKid = registry.party(party)?.rootKid;
  const taken = rootKid !== undefined && rootKid !== kid;
  if (taken || !mayEstablish(party, kid, registry.pinned)) {
    return { refused: 'token.party-taken', pointer: '/iss' };
  }
  const known = registry.signerOf(kid);
  if (known && known.party !== party) return { refused: 'token.other-party', pointer: '/jwk' };
  return { verifyWith: jwk, kid, party };
}

/** Signed with the key it brings, which the party committed to while another was its root. */
function checkRooted(registry: KnownParties, { claims, header }: Envelope): PartyTokenCheck {
  const { kid } = header;
  const party = claims.iss;
  const jwk = readKey(claims['jwk']);
  if ('refused' in jwk) return jwk;
  const committed: string | undefined = claims.sub === party ? registry.party(party)?.next : undefined;
  return keyId(jwk) === kid && committed === kid ? { verifyWith: jwk, kid, party } : { unknownKey: kid };
}

function readKey(value: unknown): PublicJwk | Refused {
  try {
    return readPublicJwk(value);
  } catch (error) {
    if (error instanceof TokenRefused) return { refused: error.code, pointer: `/jwk${error.pointer ?? ''}` };
    throw error;
  }
}
