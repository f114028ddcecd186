// Tokens whose header or payload is not one JSON object, or means different things to different readers.
import type { Signer } from '../signer.js';
import { refusedAs, type EnvelopeVector } from './envelope-vector.js';
import { forge } from './forge.js';
import { headerWith, payloadWith } from './statement.js';

/** One vector or more for token.json and token.duplicate-member. */
export async function jsonFaults(signer: Signer): Promise<EnvelopeVector[]> {
  const header = headerWith(signer);
  const payload = payloadWith();
  const first = (member: string, text = payload): string => text.replace('{', `{${member},`);
  const inPayload = (text: string): Promise<string> => forge(signer, header, text);
  const inHeader = (text: string): Promise<string> => forge(signer, text, payload);

  return [
    refusedAs('token.json', 'a payload that is no JSON', await inPayload('approved')),
    refusedAs('token.json', 'an array', await inPayload(`[${payload}]`)),
    refusedAs('token.json', 'null', await inPayload('null')),
    refusedAs('token.json', 'a string', await inPayload('"approved"')),
    refusedAs('token.json', 'two objects', await inPayload(payload + payload)),
    refusedAs('token.json', 'a header that is an array', await inHeader(`[${header}]`)),
    refusedAs('token.json', 'a byte order mark in the payload', await inPayload(`\uFEFF${payload}`)),
    refusedAs('token.json', 'a comment', await inPayload(payload.replace('{', '{/* */'))),
    refusedAs('token.json', 'a comma at the end', await inPayload(payload.replace(/}$/, ',}'))),
    refusedAs('token.json', 'NUL in a string', await inPayload(first('"mood":"\0"'))),
    refusedAs('token.json', 'NUL after the object', await inPayload(`${payload}\0`)),
    refusedAs('token.json', 'NaN', await inPayload(first('"mood":NaN'))),
    refusedAs('token.json', 'half a surrogate pair in a value', await inPayload(first('"mood":"\\ud83d"'))),
    refusedAs('token.json', 'half a surrogate pair in a name', await inPayload(first('"\\udce6":1'))),
    refusedAs('token.json', 'half a surrogate pair deep down', await inPayload(first('"mood":[{"a":["\\ud83dx"]}]'))),
    refusedAs('token.json', 'brackets 5000 deep, never closed', await inPayload('['.repeat(5000))),
    refusedAs('token.json', 'brackets 2500 deep', await inPayload('['.repeat(2500) + ']'.repeat(2500))),
    refusedAs('token.duplicate-member', 'iss twice', await inPayload(first('"iss":"somebody-else"'))),
    refusedAs(
      'token.duplicate-member',
      'iss twice, once with an escape',
      await inPayload(first('"\\u0069ss":"somebody-else"')),
    ),
    refusedAs('token.duplicate-member', 'the same value twice', await inPayload(first('"evt":"approved"'))),
    refusedAs(
      'token.duplicate-member',
      'twice in an object in an array',
      await inPayload(first('"a":[{},{"b":1,"b":1}]')),
    ),
    refusedAs('token.duplicate-member', 'twice around an object', await inPayload(first('"a":{"b":{},"c":[],"b":1}'))),
    refusedAs('token.duplicate-member', '__proto__ twice', await inPayload(first('"__proto__":1,"__proto__":2'))),
    refusedAs(
      'token.duplicate-member',
      'a name that ends in a backslash twice',
      await inPayload(first('"a\\\\":1,"a\\\\":2')),
    ),
    refusedAs('token.duplicate-member', 'the empty name twice', await inPayload(first('"":1,"":2'))),
    refusedAs('token.duplicate-member', 'alg twice in the header', await inHeader(first('"alg":"none"', header))),
    refusedAs(
      'token.duplicate-member',
      'kid twice in the header, once with an escape',
      await inHeader(first('"\\u006bid":""', header)),
    ),
  ];
}
