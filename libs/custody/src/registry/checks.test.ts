// What is checked before a party token is recorded, with keys that really sign.

import {
  generateSigner,
  mintToken,
  newJti,
  parseToken,
  proofOfPossession,
  verifyProofOfPossession,
  verifyToken,
} from '@unbroken/tokens';
import type { Envelope, PartyId, Signer } from '@unbroken/tokens';
import { importKey, verifyProofOfPossessionSync } from '@unbroken/tokens/node';
import { readClaims } from '../events/read-claims.js';
import { checkPartyToken } from './checks.js';
import type { PartyTokenCheck } from './checks.js';
import { Registry } from './registry.js';
import { asParty, someHash } from './registry-story.js';

const post = asParty('post');
let root: Signer;
let phone: Signer;
let stranger: Signer;
let registry: Registry;

beforeAll(async () => {
  [root, phone, stranger] = await Promise.all([newKey('ES256'), newKey('Ed25519'), newKey('ES256')]);
});
beforeEach(async () => {
  registry = new Registry({ operator: asParty('operator') });
  record(await established('post', root));
});

describe('established', () => {
  beforeEach(() => (registry = new Registry({ operator: asParty('operator') })));

  it('of a free name → verified with the key it carries', async () => {
    const token = await established('post', root);
    expect(await check(token)).toEqual({ verifyWith: root.jwk, kid: root.kid, party: 'post' });
  });

  it('with a key that is none → refused with the reason', async () => {
    expect(await check(await established('post', root, { jwk: { kty: 'oct' } }))).toEqual({
      refused: 'key.form',
      pointer: '/jwk/crv',
    });
    expect(await check(await established('post', root, { jwk: undefined }))).toEqual({
      refused: 'key.form',
      pointer: '/jwk',
    });
    const offCurve = { ...root.jwk, x: someHash('not on the curve') };
    expect(await check(await established('post', root, { jwk: offCurve }))).toEqual({
      refused: 'key.off-curve',
      pointer: '/jwk/x',
    });
    const secret = { ...root.jwk, d: someHash('secret') };
    expect(await check(await established('post', root, { jwk: secret }))).toEqual({
      refused: 'key.private',
      pointer: '/jwk/d',
    });
  });

  it('signed by another key than it carries → token.unknown-key', async () => {
    const token = await established('post', root, { jwk: stranger.jwk });
    expect(await check(token)).toEqual({ refused: 'token.unknown-key', pointer: '/jwk' });
  });

  it("of another party's chain → token.other-party", async () => {
    expect(await check(await established('post', root, { sub: 'bank' }))).toEqual({
      refused: 'token.other-party',
      pointer: '/sub',
    });
  });

  it('a second one by another root key → token.party-taken; by the same → recorded', async () => {
    record(await established('post', root));
    expect(await check(await established('post', stranger))).toEqual({ refused: 'token.party-taken', pointer: '/iss' });
    expect(await check(await established('post', root))).toMatchObject({ verifyWith: root.jwk });
  });

  it('by a device key of the same party → token.party-taken', async () => {
    record(await established('post', root));
    record(await enrolled(phone));
    expect(await check(await established('post', phone))).toEqual({ refused: 'token.party-taken', pointer: '/iss' });
  });

  it.each(['guest', '00000000000000000'])('of the reserved name %s → token.party-taken', async (name) => {
    expect(await check(await established(name, root))).toEqual({ refused: 'token.party-taken', pointer: '/iss' });
  });

  it('with a key another party has → token.other-party', async () => {
    record(await established('post', root));
    expect(await check(await established('bank', root))).toEqual({ refused: 'token.other-party', pointer: '/jwk' });
  });

  it('of the operator by another key than settings pin → token.party-taken', async () => {
    registry = new Registry({ operator: asParty('operator'), operatorKid: root.kid });
    const thief = await established('operator', stranger);
    expect(await check(thief)).toEqual({ refused: 'token.party-taken', pointer: '/iss' });
    record(thief);
    expect(registry.isAdmitted(asParty('operator'))).toBe(false);
    record(await established('operator', root));
    expect(registry.isAdmitted(asParty('operator'))).toBe(true);
  });
});

describe('everything else', () => {
  it('by a key of the party, admitted or not → verified with that key, which verifies it', async () => {
    const token = await enrolled(phone);
    const decision = await check(token);
    expect(decision).toEqual({ verifyWith: root.jwk, kid: root.kid, party: 'post' });
    await expect(verifyToken(token, { party: post, jwk: root.jwk, kid: root.kid })).resolves.toBeUndefined();
  });

  it('by a key that nobody enrolled → waits for it', async () => {
    const token = await mint(stranger, 'policed', { prev: someHash('prev'), seq: 1, policy: someHash('policy') });
    expect(await check(token)).toEqual({ unknownKey: stranger.kid });
  });

  it('by a key whose enrolment has been recorded since → verified', async () => {
    const token = await mint(phone, 'policed', { prev: someHash('prev'), seq: 1, policy: someHash('policy') });
    expect(await check(token)).toEqual({ unknownKey: phone.kid });
    record(await enrolled(phone));
    expect(await check(token)).toEqual({ verifyWith: phone.jwk, kid: phone.kid, party: 'post' });
  });
});

describe('enrolled', () => {
  it.each([
    ['another party', () => proofOfPossession(phone, asParty('bank'), root.kid)],
    ['another root', () => proofOfPossession(phone, post, stranger.kid)],
    ['another key', () => proofOfPossession(stranger, post, root.kid)],
    ['nobody', () => Promise.resolve('A'.repeat(86))],
  ])('with a proof of possession for or by %s → key.possession', async (_, pop) => {
    expect(await check(await enrolled(phone, { pop: await pop() }))).toEqual({
      refused: 'key.possession',
      pointer: '/pop',
    });
  });

  it('with a key that is none → refused with the reason', async () => {
    const smallOrder = { kty: 'OKP', crv: 'Ed25519', x: 'AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' };
    expect(await check(await enrolled(phone, { jwk: smallOrder }))).toEqual({
      refused: 'key.small-order',
      pointer: '/jwk/x',
    });
    expect(await check(await enrolled(phone, { jwk: { ...phone.jwk, kid: 'x' } }))).toEqual({
      refused: 'key.form',
      pointer: '/jwk/kid',
    });
  });

  it('without key or proof, or with a proof of another type → not refused: that is malformed', async () => {
    for (const claims of [{ jwk: undefined }, { pop: undefined }, { pop: 7 }]) {
      const token = await enrolled(phone, claims);
      expect(await check(token)).toMatchObject({ party: 'post' });
      expect(readClaims(token.claims, 'test').chain).toBe('malformed');
    }
  });
});

/** Decides with both ways of proving possession, which must agree. */
async function check(token: Envelope): Promise<PartyTokenCheck> {
  const atOnce = checkPartyToken(registry, token, (jwk, ...rest) =>
    verifyProofOfPossessionSync(importKey(jwk), ...rest),
  );
  expect(await checkPartyToken(registry, token, verifyProofOfPossession)).toEqual(atOnce);
  return atOnce;
}

function record(token: Envelope): void {
  const read = readClaims(token.claims, 'test');
  if (read.chain !== 'party') throw new Error('the test recorded a malformed token');
  const index = registry.size;
  registry.append({ tid: token.tid, kid: token.header.kid, index, recordedAt: 0, claims: read.claims });
}

async function newKey(alg: Signer['alg']): Promise<Signer> {
  return (await generateSigner(alg)).signer;
}

function established(party: string, key: Signer, claims: Record<string, unknown> = {}): Promise<Envelope> {
  const opening = { aud: 'test', name: party, roles: ['sender'], jwk: key.jwk, next: someHash('next'), seq: 0 };
  return mint(key, 'established', { iss: party, sub: party, ...opening, ...claims });
}

async function enrolled(key: Signer, claims: Record<string, unknown> = {}): Promise<Envelope> {
  const pop = await proofOfPossession(key, post, root.kid);
  const prev = registry.partyState(post)?.head ?? someHash('prev');
  return mint(root, 'enrolled', { prev, seq: 1, jwk: key.jwk, pop, use: 'device', roles: ['sender'], ...claims });
}

async function mint(key: Signer, evt: string, claims: Record<string, unknown>): Promise<Envelope> {
  const basic = { iss: 'post' as PartyId, sub: 'post', jti: newJti(), iat: 1_700_000_000, evt };
  return parseToken(await mintToken({ ...basic, ...claims }, key));
}
