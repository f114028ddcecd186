// Tokens whose envelope is wrong in just one way: refused at the door, each with its own code (section 2).
import { shipmentVia } from '../cast.js';
import { headerOf, seconds, signed, stamped } from '../token.js';

/** @typedef {import('../cast.js').Cast} Cast */

/** @param {Cast} cast */
export async function checkEnvelopes(cast) {
  for (const [name, jws, code] of wrongEnvelopes(cast)) {
    const { status, type, body } = await cast.system.post('sender', jws);
    const seen = [status >= 400 && status < 500, type, body.status === status, body.code];
    cast.report.check(`${name} → ${code} as a problem`, seen, [true, 'application/problem+json', true, code]);
  }
}

/**
 * @param {Cast} cast
 * @returns {[name: string, jws: string, code: string][]}
 */
function wrongEnvelopes(cast) {
  const { sender } = cast;
  const key = sender.device;
  const header = headerOf(key);
  const shipment = shipmentVia(cast, []);
  const good = shipment.registered.jws;
  const [head = '', payload = '', signature = ''] = good.split('.');
  const basic = stamped({ iss: sender.id, sub: shipment.sub, evt: 'registered' });
  const text = JSON.stringify(basic);
  /** @param {Record<string, unknown>} members */
  const under = (members) => signed(key, { ...header, ...members }, basic).jws;
  /** @param {object | string} claims */
  const over = (claims) => signed(key, header, claims).jws;

  return [
    ['8,193 bytes', over({ ...basic, x: 'x'.repeat(8_193) }), 'token.too-large'],
    ['nothing at all', '', 'token.parts'],
    ['two parts', `${head}.${payload}`, 'token.parts'],
    ['alg none without a signature', `${part({ alg: 'none', typ: 'JWT' })}.${payload}.`, 'token.parts'],
    ['padding', `${head}.${payload}.${signature}==`, 'token.base64url'],
    ['a line feed at the end', `${good}\n`, 'token.base64url'],
    ['trailing bits that are not zero', `${head}.${payload}.${withTrailingBits(signature)}`, 'token.base64url'],
    [
      'a payload in Latin-1',
      `${head}.${Buffer.from('{"iss":"\xe9"}', 'latin1').toString('base64url')}.${signature}`,
      'token.utf8',
    ],
    ['a payload that is an array', over('[]'), 'token.json'],
    ['iss twice', over(text.replace('{', `{"iss":"${sender.id}",`)), 'token.duplicate-member'],
    ['a member twice deep down', over(text.replace('{', '{"refs":{"s10":"1","s10":"2"},')), 'token.duplicate-member'],
    ['a key of its own in the header', under({ jwk: key.jwk }), 'token.header'],
    ['alg none', under({ alg: 'none' }), 'token.alg'],
    ['alg HS256', under({ alg: 'HS256' }), 'token.alg'],
    ['typ JWT', under({ typ: 'JWT' }), 'token.typ'],
    ['typ in capitals', under({ typ: 'Custody+JWT' }), 'token.typ'],
    ['a kid too short', under({ kid: 'abc' }), 'token.kid'],
    ['no jti', over({ ...basic, jti: undefined }), 'token.claim'],
    ['iat with a fraction', over({ ...basic, iat: seconds() + 0.5 }), 'token.claim'],
    ['sub with a wrong check character', over({ ...basic, sub: withWrongCheck(shipment.sub) }), 'token.claim'],
  ];
}

/** @param {object} content */
function part(content) {
  return Buffer.from(JSON.stringify(content)).toString('base64url');
}

/**
 * 64 bytes end in a character that carries two bits and four zeros; this one's last zero is a one.
 * @param {string} signature
 */
function withTrailingBits(signature) {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  return signature.slice(0, -1) + alphabet.charAt(alphabet.indexOf(signature.slice(-1)) + 1);
}

/** @param {string} sub */
function withWrongCheck(sub) {
  return sub.slice(0, -1) + (sub.endsWith('0') ? '1' : '0');
}
