// Tokens that every reader must take, the unusual ones included.
import { base64url } from '../base64url.js';
import { parseToken } from '../parse-token.js';
import { tokenId } from '../sha256.js';
import type { Signer } from '../signer.js';
import { twinOf } from './deterministic-es256.js';
import type { EnvelopeVector } from './envelope-vector.js';
import { forge } from './forge.js';
import { claims, headerWith, party, payloadWith, tokenOfSize } from './statement.js';

/** Good tokens with the key that verifies them and their id. */
export async function goodEnvelopes(signers: { es256: Signer; ed25519: Signer }): Promise<EnvelopeVector[]> {
  const { es256, ed25519 } = signers;
  const payload = payloadWith();
  const es256Token = await forge(es256, headerWith(es256), payload);
  const { kid, alg } = ed25519;

  const good = (name: string, token: string, signer: Signer = ed25519): EnvelopeVector => ({
    name,
    token,
    key: { party, jwk: signer.jwk },
    expect: { tid: tokenId(token.slice(0, token.lastIndexOf('.'))) },
  });
  const withHeader = (header: string): Promise<string> => forge(ed25519, header, payload);
  const withPayload = (text: string): Promise<string> => forge(ed25519, headerWith(ed25519), text);

  return [
    good('signed with ES256', es256Token, es256),
    good('the twin (r, n-s) of the ES256 signature: the same token', replaceSignature(es256Token, twinOf), es256),
    good('signed with Ed25519', await withPayload(payload)),
    good('about the party itself', await withPayload(payloadWith({ sub: party }))),
    good('a claim not known here', await withPayload(payloadWith({ mood: 'sunny' }))),
    good('text beyond ASCII in a claim', await withPayload(payloadWith({ mood: 'Kvæfjord 📦' }))),
    good('white space and another order of members', await withPayload(JSON.stringify(reversed(claims), null, 2))),
    good(
      'header members in another order',
      await withHeader(`{ "kid": "${kid}", "alg": "${alg}", "typ": "custody+jwt" }`),
    ),
    good('a name written with an escape, once', await withPayload(payload.replace('"iss"', '"\\u0069ss"'))),
    good(
      'one name in two different objects',
      await withPayload(payloadWith({ a: { iss: 1 }, b: [{ iss: 1 }, { iss: 2 }] })),
    ),
    good('a member named __proto__', await withPayload(payload.replace('{', '{"__proto__":{"evt":"opened"},'))),
    good('a surrogate pair written with escapes', await withPayload(payload.replace('{', '{"mood":"\\ud83d\\udce6",'))),
    good('iat of 0', await withPayload(payloadWith({ iat: 0 }))),
    good('the greatest iat', await withPayload(payloadWith({ iat: Number.MAX_SAFE_INTEGER }))),
    good('exactly 8192 bytes', await tokenOfSize(ed25519, 8192)),
  ];
}

/** The token with its signature changed. */
export function replaceSignature(token: string, change: (signature: Uint8Array) => Uint8Array): string {
  const { signingInput, signature } = parseToken(token);
  return `${signingInput}.${base64url.encode(change(signature))}`;
}

const reversed = (object: object): object => Object.fromEntries(Object.entries(object).reverse());
