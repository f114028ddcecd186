// Promises are signed where tokens are taken, one for each request: synchronously, because handing so little work to
// another thread costs more than doing it.
import { createPrivateKey, sign, type KeyObject } from 'node:crypto';
import { keyId } from '../key-id.js';
import type { PrivateJwk } from '../key-file.js';
import { promiseType, type IntakePromise } from '../promise.js';
import { readPublicJwk, type PublicJwk } from '../public-jwk.js';
import { TokenRefused } from '../token-refused.js';

/** A key that promises are signed with, ready to sign. */
export type PromiseKey = { readonly jwk: PublicJwk; readonly keyObject: KeyObject; readonly header: string };

/**
 * A key for promises from a key file's content.
 * @throws TokenRefused key.form (also for another kind of key than Ed25519) and as readPublicJwk
 */
export function importPromiseKey({ d, ...publicMembers }: PrivateJwk): PromiseKey {
  const jwk = readPublicJwk(publicMembers);
  if (jwk.kty !== 'OKP') throw new TokenRefused('key.form', 'promises are signed with Ed25519', '/crv');
  const keyObject = createPrivateKey({ key: { ...jwk, d }, format: 'jwk' });
  return { jwk, keyObject, header: encoded({ alg: 'Ed25519', typ: promiseType, kid: keyId(jwk) }) };
}

/** The signed promise, in JWS Compact Serialization. The same every time it is made of the same. */
export function mintPromise({ iss, service, tokens }: IntakePromise, { header, keyObject }: PromiseKey): string {
  const lines = tokens.map(({ tid, sum, received, due }) => ({ tid, sum, received, due }));
  const signingInput = `${header}.${encoded({ iss, service, tokens: lines })}`;
  return `${signingInput}.${sign(null, Buffer.from(signingInput, 'latin1'), keyObject).toString('base64url')}`;
}

const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
