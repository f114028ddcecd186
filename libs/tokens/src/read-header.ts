// The header says only how to check the signature. Any other member (jwk, x5u, crit, b64 …) is a way to talk a verifier
// into something else, so there is none (RFC 8725 section 3).
import type { Algorithm, Header } from './envelope.js';
import { isKeyId } from './ids.js';
import { jsonPointer } from './json-pointer.js';
import type { JsonObject } from './strict-json.js';
import { TokenRefused } from './token-refused.js';

/** The `typ` of every custody token, compared byte by byte. */
export const tokenType = 'custody+jwt';

const members = ['alg', 'typ', 'kid'];

const isAlgorithm = (value: unknown): value is Algorithm => value === 'ES256' || value === 'Ed25519';

/**
 * The header's three members, checked in the order of the codes.
 * @throws TokenRefused token.header, token.alg, token.typ, token.kid
 */
export function readHeader(header: JsonObject): Header {
  for (const name of Object.keys(header)) {
    if (!members.includes(name)) {
      throw new TokenRefused('token.header', 'the header has a member beyond the three', jsonPointer([name]));
    }
  }
  for (const name of members) {
    if (!Object.hasOwn(header, name)) {
      throw new TokenRefused('token.header', `the header has no ${name}`, `/${name}`);
    }
  }
  const { alg, typ, kid } = header;
  if (!isAlgorithm(alg)) throw new TokenRefused('token.alg', 'alg is neither ES256 nor Ed25519', '/alg');
  if (typ !== tokenType) throw new TokenRefused('token.typ', `typ is not ${tokenType}`, '/typ');
  if (!isKeyId(kid)) throw new TokenRefused('token.kid', 'kid is not a key thumbprint', '/kid');
  return { alg, typ, kid };
}
