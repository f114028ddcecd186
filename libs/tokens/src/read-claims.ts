// The five claims without which nobody can say whose statement it is and about what; all others are judged after the
// token is recorded (docs/protocol section 2).
import type { BasicClaims } from './envelope.js';
import { isJti, isPartyId, patterns } from './ids.js';
import { isShipmentId } from './shipment-id.js';
import type { JsonObject } from './strict-json.js';
import { TokenRefused } from './token-refused.js';

const forms: readonly [name: keyof BasicClaims, form: string, holds: (value: unknown) => boolean][] = [
  ['iss', 'a party id', isPartyId],
  ['sub', 'a shipment id or a party id', (value) => isShipmentId(value) || isPartyId(value)],
  ['jti', '16 bytes of base64url', isJti],
  ['iat', 'a whole number of seconds, not negative, not -0', isWholeSeconds],
  ['evt', 'the name of an event', (value) => typeof value === 'string' && patterns.evt.test(value)],
];

/**
 * The payload as claims, its basic ones checked in the order iss, sub, jti, iat, evt.
 * @throws TokenRefused token.claim, the pointer naming the claim
 */
export function readClaims(payload: JsonObject): BasicClaims & JsonObject {
  for (const [name, form, holds] of forms) {
    if (holds(payload[name])) continue;
    const what = Object.hasOwn(payload, name) ? `${name} is not ${form}` : `${name} is missing`;
    throw new TokenRefused('token.claim', what, `/${name}`);
  }
  return payload as BasicClaims & JsonObject;
}

/** Numbers are read as IEEE 754 doubles; beyond 2^53 two times would become one, and -0 is not spelled like its equal. */
function isWholeSeconds(value: unknown): boolean {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && !Object.is(value, -0);
}
