// Test vectors of keys and proofs of possession: what an enrolment must take and must refuse.
import { base64url } from '../base64url.js';
import type { KeyId, PartyId } from '../ids.js';
import { keyId } from '../key-id.js';
import { proofOfPossession } from '../possession.js';
import type { PublicJwk } from '../public-jwk.js';
import type { RefusalCode } from '../token-refused.js';
import { fixedSigners } from './fixed-keys.js';
import { party } from './statement.js';

/** A key as somebody sends it, and its id or why it is refused. */
export type KeyVector = {
  readonly name: string;
  readonly jwk: unknown;
  readonly expect: { readonly kid: KeyId } | { readonly refused: RefusalCode };
};

/** A `pop` of a new key for a party and its root key; a bad one refuses the enrolment as key.possession. */
export type PossessionVector = {
  readonly name: string;
  readonly jwk: PublicJwk;
  readonly party: PartyId;
  readonly rootKid: KeyId;
  readonly pop: string;
  readonly expect: 'holds' | { readonly refused: 'key.possession' };
};

/** The eight points of small order, little-endian hexadecimal. */
const smallOrder = [
  '0100000000000000000000000000000000000000000000000000000000000000',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0000000000000000000000000000000000000000000000000000000000000080',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa',
];
/** Encodings that RFC 8032 section 5.1.3 cannot decode. */
const undecodable = [
  ['the neutral point with its sign bit set', '0100000000000000000000000000000000000000000000000000000000000080'],
  ['the point of order 2 with its sign bit set', 'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff'],
  ['y equal to the prime', 'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f'],
  ['y above the prime', 'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f'],
  ['y above the prime, sign bit set', 'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff'],
  ['y of no point', '0200000000000000000000000000000000000000000000000000000000000000'],
] as const;

/** Two points of P-256 with one coordinate so small (5) that this one plus the field's prime still fits 32 bytes. */
const five = '0000000000000000000000000000000000000000000000000000000000000005';
const fivePlusPrime = 'ffffffff00000001000000000000000000000001000000000000000000000004';
const yWhereXIsFive = '459243b9aa581806fe913bce99817ade11ca503c64d9a3c533415c083248fbcc';
const xWhereYIsFive = 'd7325d7646cd60d80a92738ceb345f844cffaf35841022cab176f692de8de1d7';

/** Every key vector; the same on every call. */
export async function keyVectors(): Promise<KeyVector[]> {
  const { es256, ed25519 } = await fixedSigners();
  const p256 = { ...es256.jwk };
  const okp = { ...ed25519.jwk };
  const zero = base64url.encode(new Uint8Array(32));
  const good = (name: string, jwk: PublicJwk): KeyVector => ({ name, jwk, expect: { kid: keyId(jwk) } });
  const bad = (refused: RefusalCode, name: string, jwk: unknown): KeyVector => ({ name, jwk, expect: { refused } });

  return [
    good('P-256', es256.jwk),
    good('Ed25519', ed25519.jwk),
    good('P-256 with a small x', p256Point(five, yWhereXIsFive)),
    good('P-256 with a small y', p256Point(xWhereYIsFive, five)),
    bad('key.private', 'a private Ed25519 key', { ...okp, d: zero }),
    bad('key.private', 'a private P-256 key', { ...p256, d: zero }),
    bad('key.private', 'd null', { ...p256, d: null }),
    bad('key.form', 'no object', 'key'),
    bad('key.form', 'an array', [okp]),
    bad('key.form', 'null', null),
    bad('key.form', 'a symmetric key', { kty: 'oct', k: zero }),
    bad('key.form', 'an RSA key', { kty: 'RSA', n: zero, e: 'AQAB' }),
    bad('key.form', 'an X25519 key', { ...okp, crv: 'X25519' }),
    bad('key.form', 'a curve of another key type', { ...p256, crv: 'Ed25519' }),
    bad('key.form', 'a member beyond', { ...okp, alg: 'Ed25519' }),
    bad('key.form', 'an Ed25519 key with y', { ...okp, y: zero }),
    bad('key.form', 'no x', { ...okp, x: undefined }),
    bad('key.form', 'no y', { ...p256, y: undefined }),
    bad('key.form', 'x of 31 bytes', { ...okp, x: base64url.encode(new Uint8Array(31)) }),
    bad('key.form', 'x of 33 bytes', { ...okp, x: base64url.encode(new Uint8Array(33)) }),
    bad('key.form', 'x with padding', { ...okp, x: `${ed25519.jwk.x}=` }),
    bad('key.form', 'x with trailing bits', { ...okp, x: `${ed25519.jwk.x.slice(0, -1)}p` }),
    bad('key.off-curve', 'P-256 coordinates swapped', { ...p256, x: p256.kty === 'EC' ? p256.y : '', y: p256.x }),
    bad('key.off-curve', 'P-256 zeros', { ...p256, x: zero, y: zero }),
    bad('key.off-curve', 'P-256 x plus the prime', p256Point(fivePlusPrime, yWhereXIsFive)),
    bad('key.off-curve', 'P-256 y plus the prime', p256Point(xWhereYIsFive, fivePlusPrime)),
    ...undecodable.map(([name, hex]) => bad('key.off-curve', name, { ...okp, x: fromHex(hex) })),
    ...smallOrder.map((hex, i) => bad('key.small-order', `point of small order ${i + 1}`, { ...okp, x: fromHex(hex) })),
  ];
}

/** Every vector of proofs of possession; the same on every call. */
export async function possessionVectors(): Promise<PossessionVector[]> {
  const { es256, ed25519, otherEd25519 } = await fixedSigners();
  const [jwk, rootKid] = [ed25519.jwk, otherEd25519.kid];
  const pop = await proofOfPossession(ed25519, party, rootKid);
  const byEs256 = await proofOfPossession(es256, party, rootKid);
  const subject = { jwk, party, rootKid };
  const bad = (name: string, changed: string): PossessionVector => ({
    ...subject,
    name,
    pop: changed,
    expect: { refused: 'key.possession' },
  });
  return [
    { ...subject, name: 'Ed25519', pop, expect: 'holds' },
    { ...subject, name: 'ES256', jwk: es256.jwk, pop: byEs256, expect: 'holds' },
    bad('signed by the root key', await proofOfPossession(otherEd25519, party, rootKid)),
    bad('for another party', await proofOfPossession(ed25519, 'visa-centre' as PartyId, rootKid)),
    bad('for another root key', await proofOfPossession(ed25519, party, es256.kid)),
    bad('with padding', `${pop}==`),
    bad('empty', ''),
  ];
}

const fromHex = (hex: string): string =>
  base64url.encode(Uint8Array.from(hex.match(/../g) ?? [], (digits) => Number.parseInt(digits, 16)));

const p256Point = (x: string, y: string): PublicJwk => ({ kty: 'EC', crv: 'P-256', x: fromHex(x), y: fromHex(y) });
