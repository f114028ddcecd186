// The shipment id: 80 bits of a hash as Crockford base32, and a Luhn mod 32 check character (section 2).
import { createHash } from 'node:crypto';

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * The id a `registered` of this issuer and this jti opens.
 * @param {string} iss
 * @param {string} jti
 */
export function shipmentId(iss, jti) {
  const digest = createHash('sha256').update(`${iss}.${jti}`, 'ascii').digest('hex');
  const bits = BigInt(`0x${digest.slice(0, 20)}`)
    .toString(2)
    .padStart(80, '0');
  const body = (bits.match(/.{5}/g) ?? []).map((five) => alphabet.charAt(parseInt(five, 2))).join('');
  return body + checkCharacter(body);
}

/**
 * Luhn mod 32: from the right every other place counts twice, its base-32 digits added up.
 * @param {string} body 16 characters
 */
export function checkCharacter(body) {
  const sum = [...body].reverse().reduce((total, character, place) => {
    const value = alphabet.indexOf(character) * (place % 2 === 0 ? 2 : 1);
    return total + Math.floor(value / 32) + (value % 32);
  }, 0);
  return alphabet.charAt((32 - (sum % 32)) % 32);
}
