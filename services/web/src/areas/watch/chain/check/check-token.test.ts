import { beforeAll, describe, expect, it } from '@jest/globals';
import type { ChainToken, JwksAnswer } from '@unbroken/contracts';
import { generateSigner, keyId, mintToken, newJti, parseToken } from '@unbroken/tokens';
import type { PartyId, PublicJwk, Signer } from '@unbroken/tokens';
import { checkToken, verdictOf } from './check-token.js';
import type { KeysOf, Shown } from './check-token.js';

const post = 'danish-post' as PartyId;
let signer: Signer;
let token: string;
let shown: Shown;

const listing = (jwk: PublicJwk, kid: string = keyId(jwk)): JwksAnswer => ({
  keys: [{ ...jwk, kid, alg: 'ES256', use: 'sig', unbroken: { use: 'device', roles: [] } }],
});
const registry =
  (answer: JwksAnswer | null): KeysOf =>
  () =>
    Promise.resolve(answer);
const recorded = (bytes: string): ChainToken => ({
  tid: shown.tid,
  token: bytes,
  recordedAt: '2026-11-21T10:00:00.000Z',
  log: 'custody',
  index: 1,
  grade: 'device',
  findings: [],
});

async function check(bytes = token, keys: JwksAnswer | null = listing(signer.jwk), as = shown) {
  const checks = await checkToken(as, recorded(bytes), registry(keys));
  return [verdictOf(checks), ...checks.map(({ what, result }) => `${what} ${result}`)];
}

beforeAll(async () => {
  ({ signer } = await generateSigner('ES256'));
  const claims = { iss: post, sub: '7K2M9QX4T1B8ZC3V2', jti: newJti(), iat: 1_700_000_000, evt: 'accepted' };
  token = await mintToken(claims, signer);
  shown = { tid: parseToken(token).tid, evt: 'accepted', by: { id: post, name: 'Danish Post' }, key: 'good' };
});

describe('what the browser checks itself', () => {
  it('as recorded, with the listed key → good throughout', async () => {
    expect(await check()).toEqual(['good', 'token good', 'statement good', 'key good', 'signature good']);
  });

  it('one byte of the signature changed → the signature is bad', async () => {
    const at = token.lastIndexOf('.') + 5;
    const changed = token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1);
    expect(await check(changed)).toEqual(['bad', 'token good', 'statement good', 'key good', 'signature bad']);
  });

  it('another token under this line’s name → not the bytes of this statement', async () => {
    const claims = { iss: post, sub: '7K2M9QX4T1B8ZC3V2', jti: newJti(), iat: 1_700_000_000, evt: 'accepted' };
    expect(await check(await mintToken(claims, signer))).toEqual(['bad', 'token bad']);
    expect(await check('no token')).toEqual(['bad', 'token bad']);
  });

  it('the page tells another event or party than the token → bad', async () => {
    const other = { ...shown, evt: 'refused' };
    expect(await check(token, listing(signer.jwk), other)).toContain('statement bad');
  });

  it('a key that is not listed, or listed under a name it does not have → bad', async () => {
    const stranger = (await generateSigner('ES256')).signer.jwk;
    expect(await check(token, listing(stranger))).toEqual([
      'bad',
      'token good',
      'statement good',
      'key bad',
      'signature unchecked',
    ]);
    expect(await check(token, listing(stranger, keyId(signer.jwk)))).toContain('key bad');
  });

  it('a key taken back since → unchecked, and it says so', async () => {
    const revoked = { ...shown, key: 'revoked' as const };
    expect(await check(token, { keys: [] }, revoked)).toEqual([
      'unchecked',
      'token good',
      'statement good',
      'key unchecked',
      'signature unchecked',
    ]);
  });

  it('keys that cannot be fetched → unchecked, never good', async () => {
    expect(await check(token, null)).toContain('signature unchecked');
  });

  it('a statement the ledger does not have → bad', async () => {
    expect(verdictOf(await checkToken(shown, undefined, registry(null)))).toBe('bad');
  });
});
