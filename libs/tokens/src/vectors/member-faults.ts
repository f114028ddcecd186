// Tokens whose header members or basic claims are missing, beyond what there may be, or not of their form.
import type { Signer } from '../signer.js';
import { refusedAs, type EnvelopeVector } from './envelope-vector.js';
import { forge } from './forge.js';
import { claims, headerWith, payloadWith } from './statement.js';

/** One vector or more for token.header, token.alg, token.typ, token.kid and, of each basic claim, token.claim. */
export async function memberFaults(signer: Signer): Promise<EnvelopeVector[]> {
  const { jwk, kid } = signer;
  const headers = [
    ['token.header', 'no alg', { alg: undefined }],
    ['token.header', 'no typ', { typ: undefined }],
    ['token.header', 'no kid', { kid: undefined }],
    ['token.header', 'its own key in jwk', { jwk }],
    ['token.header', 'a key from elsewhere in jku', { jku: 'https://example.org/keys' }],
    ['token.header', 'a certificate in x5c', { x5c: [] }],
    ['token.header', 'an empty crit', { crit: [] }],
    ['token.header', 'b64 false', { b64: false }],
    ['token.header', 'a content type', { cty: 'JWT' }],
    ['token.alg', 'alg none', { alg: 'none' }],
    ['token.alg', 'alg HS256', { alg: 'HS256' }],
    ['token.alg', 'alg EdDSA', { alg: 'EdDSA' }],
    ['token.alg', 'alg in lower case', { alg: 'ed25519' }],
    ['token.alg', 'alg in an array', { alg: [signer.alg] }],
    ['token.alg', 'alg null', { alg: null }],
    ['token.typ', 'typ JWT', { typ: 'JWT' }],
    ['token.typ', 'typ in capitals', { typ: 'CUSTODY+JWT' }],
    ['token.typ', 'typ with application/', { typ: 'application/custody+jwt' }],
    ['token.typ', 'typ with a space', { typ: 'custody+jwt ' }],
    ['token.kid', 'kid too short', { kid: kid.slice(1) }],
    ['token.kid', 'kid with trailing bits', { kid: `${kid.slice(0, -1)}l` }],
    ['token.kid', 'kid with a line feed', { kid: `${kid}\n` }],
    ['token.kid', 'kid a number', { kid: 1 }],
  ] as const;
  const payloads = [
    ...(['iss', 'sub', 'jti', 'iat', 'evt'] as const).map((name) => [`no ${name}`, { [name]: undefined }] as const),
    ['iss with a capital', { iss: 'Health-agency' }],
    ['iss that begins with a dash', { iss: '-health-agency' }],
    ['iss of two characters', { iss: 'ha' }],
    ['iss of 41 characters', { iss: 'h'.repeat(41) }],
    ['iss in an array', { iss: [claims.iss] }],
    ['iss with a line feed', { iss: `${claims.iss}\n` }],
    ['sub with a wrong check character', { sub: wrongCheck(claims.sub) }],
    ['sub in lower case', { sub: claims.sub.toLowerCase().replace(/.$/, '-') }],
    ['sub with dashes', { sub: claims.sub.replace(/(.{4})(?=.)/g, '$1-') }],
    ['sub null', { sub: null }],
    ['jti of 15 bytes', { jti: claims.jti.slice(0, 20) }],
    ['jti with trailing bits', { jti: `${claims.jti.slice(0, -1)}x` }],
    ['jti a number', { jti: 1 }],
    ['iat before 1970', { iat: -1 }],
    ['iat with a fraction', { iat: claims.iat + 0.5 }],
    ['iat as text', { iat: String(claims.iat) }],
    ['iat beyond 2^53', { iat: 2 ** 53 }],
    ['iat true', { iat: true }],
    ['evt with a capital', { evt: 'Approved' }],
    ['evt of one letter', { evt: 'a' }],
    ['evt of 32 letters', { evt: 'a'.repeat(32) }],
    ['evt with a digit', { evt: 'approved2' }],
  ] as const;
  const iatWritten = (text: string): Promise<string> =>
    forge(signer, headerWith(signer), payloadWith().replace(/"iat":\d+/, `"iat":${text}`));

  return [
    ...(await Promise.all(
      headers.map(async ([code, name, changes]) =>
        refusedAs(code, name, await forge(signer, headerWith(signer, changes), payloadWith())),
      ),
    )),
    refusedAs(
      'token.header',
      'a header member named __proto__',
      await forge(signer, headerWith(signer).replace('{', '{"__proto__":{},'), payloadWith()),
    ),
    ...(await Promise.all(
      payloads.map(async ([name, changes]) =>
        refusedAs('token.claim', name, await forge(signer, headerWith(signer), payloadWith(changes))),
      ),
    )),
    refusedAs('token.claim', 'iat 1e400', await iatWritten('1e400')),
    refusedAs('token.claim', 'iat -0', await iatWritten('-0')),
    refusedAs(
      'token.claim',
      'the basic claims in __proto__',
      await forge(signer, headerWith(signer), `{"__proto__":${payloadWith()}}`),
    ),
  ];
}

const wrongCheck = (id: string): string => id.slice(0, -1) + (id.endsWith('0') ? '1' : '0');
