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
  let number = 0n;
  for (const byte of digest.subarray(0, 10)) number = (number << 8n) | BigInt(byte);
  let body = '';
  for (let shift = 75n; shift >= 0n; shift -= 5n) body += crockford.charAt(Number((number >> shift) & 31n));
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

/**
 * What a person typed or scanned, as a shipment id: dashes, spaces and lower case are tolerated, O reads as 0, I and L
 * as 1. Answers `null` where the check character says that something was mistyped.
 */
export function readShipmentId(typed: string): ShipmentId | null {
  const compact = typed.replace(/[\s\p{Dash_Punctuation}]/gu, '');
  if (!/^[0-9A-Za-z]{17}$/.test(compact)) return null;
  const id = compact.toUpperCase().replace(/O/g, '0').replace(/[IL]/g, '1');
  return isShipmentId(id) ? id : null;
}

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
