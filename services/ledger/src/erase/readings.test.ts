// A name in bytes that are no token, however they hold it.

import { readings } from './readings.js';

const encoded = (text: string) => Buffer.from(text).toString('base64url');

it.each([
  ['as they stand', 'note: Jørgen Doe'],
  ['in a part of a token', `${encoded('{"alg":"ES256"}')}.${encoded('{"note":"Jørgen Doe"')}.AAAA`],
  ['as JSON escapes it', `${encoded('{}')}.${encoded(String.raw`{"note":"J\u00f8rgen Doe"}`)}.AAAA`],
  ['in the item of a piece', `${encoded('{}')}.${encoded('{}')}.AAA~${encoded('{"note":"Jørgen Doe"}')}~0~AAAA`],
])('a name %s → read', (_, bytes) => {
  expect(readings(Buffer.from(bytes)).some((text) => text.includes('Jørgen Doe'))).toBe(true);
});
