// Tokens written from the protocol alone: a JWS in compact form with three header members (section 2).
import { randomBytes } from 'node:crypto';
import { hashOf } from './keys.js';

/**
 * @typedef {object} Token
 * @property {string} jws
 * @property {string} tid
 */

/** A new `jti`: 16 random bytes. */
export function newJti() {
  return randomBytes(16).toString('base64url');
}

/** Now as a NumericDate. */
export function seconds() {
  return Math.floor(Date.now() / 1000);
}

/**
 * Claims with the two that make a statement one of its kind, where they are not given.
 * @param {Record<string, unknown>} claims
 */
export function stamped(claims) {
  return { jti: newJti(), iat: seconds(), ...claims };
}

/**
 * Signs claims, stamped.
 * @param {import('./keys.js').Key} key
 * @param {Record<string, unknown>} claims
 * @returns {Token}
 */
export function mint(key, claims) {
  return signed(key, headerOf(key), stamped(claims));
}

/** @param {import('./keys.js').Key} key */
export function headerOf({ alg, kid }) {
  return { alg, typ: 'custody+jwt', kid };
}

/**
 * Signs any header and payload, so that a token may be wrong in just one way.
 * @param {import('./keys.js').Key} key
 * @param {object | string} header an object, or the JSON text itself
 * @param {object | string} payload likewise
 * @returns {Token}
 */
export function signed(key, header, payload) {
  const input = `${part(header)}.${part(payload)}`;
  return { jws: `${input}.${key.sign(input).toString('base64url')}`, tid: tokenId(input) };
}

/**
 * The token id: the hash of the JWS Signing Input, so without the signature.
 * @param {string} jws the token, or its first two parts
 */
export function tokenId(jws) {
  return hashOf(jws.split('.').slice(0, 2).join('.'));
}

/**
 * The claims of a token somebody recorded.
 * @param {string} jws
 * @returns {any}
 */
export function claimsOf(jws) {
  return JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString('utf8'));
}

/**
 * The header of a token somebody recorded.
 * @param {string} jws
 * @returns {any}
 */
export function headerIn(jws) {
  return JSON.parse(Buffer.from(jws.split('.')[0] ?? '', 'base64url').toString('utf8'));
}

/** @param {object | string} content */
function part(content) {
  return Buffer.from(typeof content === 'string' ? content : JSON.stringify(content)).toString('base64url');
}
