// A good signature proves nothing until it is clear that this key may sign this token; both verifiers ask it here, so
// that they answer alike.
import type { Algorithm, Envelope } from './envelope.js';
import type { KeyId, PartyId } from './ids.js';
import { TokenRefused } from './token-refused.js';

/**
 * Everything about token and key but the signature itself, in this order: token.unknown-key (kid names another key),
 * token.alg-key, token.other-party.
 * @throws TokenRefused with one of these codes
 */
export function checkKeyBinding(envelope: Envelope, key: { party: PartyId; kid: KeyId; alg: Algorithm }): void {
  if (envelope.header.kid !== key.kid) throw new TokenRefused('token.unknown-key', 'kid names another key', '/kid');
  if (envelope.header.alg !== key.alg) {
    throw new TokenRefused('token.alg-key', `alg is ${envelope.header.alg}, the key's is ${key.alg}`, '/alg');
  }
  if (envelope.claims.iss !== key.party) {
    throw new TokenRefused('token.other-party', 'the key is enrolled for another party than iss', '/iss');
  }
}

/** The refusal of a signature that does not verify. */
export const badSignature = (): TokenRefused =>
  new TokenRefused('token.signature', 'the signature does not verify', '/signature');
