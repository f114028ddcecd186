// Tokens whose compact form is at fault: size, parts, base64url, UTF-8.
import { base64url } from '../base64url.js';
import type { Signer } from '../signer.js';
import { refusedAs, type EnvelopeVector } from './envelope-vector.js';
import { forge, signParts } from './forge.js';
import { headerWith, payloadWith, tokenOfSize } from './statement.js';

/** One vector or more for token.too-large, token.parts, token.base64url and token.utf8. */
export async function compactFaults(signer: Signer): Promise<EnvelopeVector[]> {
  const good = await forge(signer, headerWith(signer), payloadWith());
  const [header = '', payload = '', signature = ''] = good.split('.');
  const inPayload = (changed: string): Promise<string> => signParts(signer, header, changed);
  const asBytes = (payloadText: string): Promise<string> => forge(signer, headerWith(signer), latin1(payloadText));
  const whole = base64url.encode(latin1(payloadFilling(3, 0)));
  const uncanonical = bumpLast(base64url.encode(latin1(payloadFilling(3, 2))));
  const otherAlphabet = base64url.encode(latin1(payloadWith({ mood: '?????' }))).replaceAll('_', '/');

  return [
    refusedAs('token.too-large', '8193 bytes', await tokenOfSize(signer, 8193)),
    refusedAs('token.parts', 'nothing', ''),
    refusedAs('token.parts', 'two parts', `${header}.${payload}`),
    refusedAs('token.parts', 'four parts', `${good}.${signature}`),
    refusedAs('token.parts', 'a dot at the end', `${good}.`),
    refusedAs('token.parts', 'no signature', `${header}.${payload}.`),
    refusedAs('token.parts', 'a detached payload', `${header}..${signature}`),
    refusedAs('token.parts', 'no header', `.${payload}.${signature}`),
    refusedAs('token.base64url', 'padding', `${good}==`),
    refusedAs('token.base64url', 'padding in the payload', await inPayload(`${payload}=`)),
    refusedAs('token.base64url', 'a line feed at the end', `${good}\n`),
    refusedAs('token.base64url', 'a space in front', ` ${good}`),
    refusedAs('token.base64url', 'a byte order mark in front', `\uFEFF${good}`),
    refusedAs('token.base64url', 'NUL at the end', `${good}\0`),
    refusedAs('token.base64url', 'the alphabet of base64', await inPayload(otherAlphabet)),
    refusedAs('token.base64url', 'a character beyond ASCII', await inPayload(`${payload}é`)),
    refusedAs('token.base64url', 'a full-width letter', await inPayload(`${payload}ｅ`)),
    refusedAs('token.base64url', 'a length no bytes have', await inPayload(`${whole}A`)),
    refusedAs('token.base64url', 'trailing bits that are not zero', await inPayload(uncanonical)),
    refusedAs('token.base64url', 'trailing bits in the signature', bumpLast(good)),
    refusedAs('token.utf8', 'Latin-1 in a claim', await asBytes(payloadWith({ mood: 'é' }))),
    refusedAs('token.utf8', 'a truncated character', await asBytes(payloadWith({ mood: '\xc3' }))),
    refusedAs('token.utf8', 'an overlong encoding', await asBytes(payloadWith({ mood: '\xc0\xa2' }))),
    refusedAs('token.utf8', 'a surrogate as three bytes', await asBytes(payloadWith({ mood: '\xed\xa0\x80' }))),
    refusedAs(
      'token.utf8',
      'Latin-1 in the header',
      await forge(signer, latin1(headerWith(signer, { é: 1 })), payloadWith()),
    ),
  ];
}

const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));

/** The payload with as many spaces after it as leave this remainder of its length. */
function payloadFilling(divisor: number, remainder: number): string {
  let text = payloadWith();
  while (text.length % divisor !== remainder) text += ' ';
  return text;
}

/** The same bytes with the lowest unused bit of the last character set, where it has unused bits. */
const bumpLast = (text: string): string =>
  text.slice(0, -1) + String.fromCharCode(text.charCodeAt(text.length - 1) + 1);
