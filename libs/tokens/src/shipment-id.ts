// A shipment's id is derived from its first token, so nobody can guess it or register somebody else's, and carries a
// check character, because people type it from labels (docs/protocol section 2).
import type { Jti, PartyId, ShipmentId } from './ids.js';
import { sha256 } from './sha256.js';

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const bodyLength = 16;
const stored = /^[0-9A-HJKMNP-TV-Z]{17}$/;

const encoder = new TextEncoder();

/**
 * The id of the shipment that this `registered` token opens: the first 80 bits of SHA-256(`iss` `.` `jti`) in Crockford
 * base32, and the check character.
 */
export function shipmentId(iss: PartyId, jti: Jti): ShipmentId {
  const digest = sha256(encoder.encode(`${iss}.${jti}`));
  let body = '';
  for (let bit = 0; bit < 5 * bodyLength; bit += 5) {
    const at = bit >> 3;
    const two = ((digest[at] ?? 0) << 8) | (digest[at + 1] ?? 0);
    body += crockford.charAt((two >> (11 - (bit & 7))) & 31);
  }
  return (body + checkCharacter(body)) as ShipmentId;
}

/** Whether it is a shipment id as stored: 17 upper-case characters without dashes, the last one the right check. */
export function isShipmentId(value: unknown): value is ShipmentId {
  if (typeof value !== 'string' || !stored.test(value)) return false;
  return checkCharacter(value.slice(0, bodyLength)) === value.charAt(bodyLength);
}

/** As people read it: `7K2M-9QX4-T1B8-ZC3V-2`. */
export function formatShipmentId(id: ShipmentId): string {
  return id.replace(/(.{4})(?=.)/g, '$1-');
}

/** What is wrong with what was typed: a character that no id has, too few or too many, or one that is mistyped. */
export type ShipmentIdFault =
  | { readonly kind: 'character'; readonly character: string }
  | { readonly kind: 'length'; readonly length: number }
  | { readonly kind: 'check'; readonly check: string };

/**
 * What a person typed or scanned, as a shipment id: dashes, spaces and lower case are tolerated, O reads as 0, I and L
 * as 1. Answers `null` where it is none; `shipmentIdFault` says why.
 */
export function readShipmentId(typed: string): ShipmentId | null {
  const id = read(typed);
  return isShipmentId(id) ? id : null;
}

/** Why `readShipmentId` reads no id; undefined where it does. */
export function shipmentIdFault(typed: string): ShipmentIdFault | undefined {
  const id = read(typed);
  const character = Array.from(id).find((one) => !crockford.includes(one));
  if (character !== undefined) return { kind: 'character', character };
  const length = bodyLength + 1;
  if (id.length !== length) return { kind: 'length', length: id.length };
  return isShipmentId(id) ? undefined : { kind: 'check', check: id.charAt(bodyLength) };
}

/** As an id would be stored. Only what the alphabet has in lower case is raised: others would turn into letters of it. */
const read = (typed: string): string =>
  typed
    .replace(/[\s\p{Dash_Punctuation}]/gu, '')
    .replace(/[a-z]/g, (letter) => letter.toUpperCase())
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');

/** Luhn mod 32: catches every single wrong character and every swap of neighbours but 0 with Z. */
function checkCharacter(body: string): string {
  let sum = 0;
  let factor = 2;
  for (let i = body.length - 1; i >= 0; i--) {
    const addend = factor * crockford.indexOf(body.charAt(i));
    sum += Math.floor(addend / 32) + (addend % 32);
    factor = 3 - factor;
  }
  return crockford.charAt((32 - (sum % 32)) % 32);
}
