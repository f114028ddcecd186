import { base64url } from './base64url.js';
import { exportPrivateJwk } from './key-file.js';
import { importPromiseKey, mintPromise, type PromiseKey } from './node/index.js';
import { PromiseRefused, maxPromiseBytes, promiseType, readPromise, type IntakePromise } from './promise.js';
import type { PublicJwk } from './public-jwk.js';
import { sha256Hash, tokenId } from './sha256.js';
import { generateSigner } from './signer.js';

const newKey = async (): Promise<PromiseKey> =>
  importPromiseKey(await exportPrivateJwk((await generateSigner('Ed25519', { extractable: true })).privateKey));

const line = (nth: number) => ({
  tid: tokenId(`header.payload${nth}`),
  sum: sha256Hash(new Uint8Array([nth % 256])),
  received: 1_772_438_400,
  due: 1_772_524_800,
});
const said: IntakePromise = { iss: 'unbroken-test', service: 'courier', tokens: [line(0)] };

let key: PromiseKey;
let other: PromiseKey;
let trusted: readonly PublicJwk[];

beforeAll(async () => {
  [key, other] = await Promise.all([newKey(), newKey()]);
  trusted = [other.jwk, key.jwk];
});

const refusalOf = (promise: string, keys = trusted): Promise<string> =>
  readPromise(promise, keys).then(
    () => 'held',
    (error: unknown) => (error instanceof PromiseRefused ? error.code : String(error)),
  );

describe('a promise', () => {
  it('as signed → says what was taken; made again it is the same', async () => {
    const promise = mintPromise(said, key);
    expect(await readPromise(promise, trusted)).toEqual(said);
    expect(mintPromise(said, key)).toBe(promise);
  });

  it('of the 500 tokens of a request → is read', async () => {
    const most = { ...said, tokens: Array.from({ length: 500 }, (_, nth) => line(nth)) };
    const promise = mintPromise(most, key);
    expect(promise.length).toBeLessThan(maxPromiseBytes);
    expect(await readPromise(promise, trusted)).toEqual(most);
  });

  it('by a key that is not trusted → promise.key', async () => {
    expect(await refusalOf(mintPromise(said, key), [other.jwk])).toBe('promise.key');
  });

  it('with one word changed, or another signature → promise.signature', async () => {
    const [header = '', payload = '', signature = ''] = mintPromise(said, key).split('.');
    const changed = Buffer.from(payload, 'base64url').toString().replace('1772524800', '1872524800');
    expect(await refusalOf(`${header}.${base64url.encode(Buffer.from(changed))}.${signature}`)).toBe(
      'promise.signature',
    );
    const others = mintPromise({ ...said, service: 'sender' }, key).split('.')[2] ?? '';
    expect(await refusalOf(`${header}.${payload}.${others}`)).toBe('promise.signature');
  });

  it('whose header claims another key than signed it → promise.signature', async () => {
    const [, payload = '', signature = ''] = mintPromise(said, key).split('.');
    expect(await refusalOf(`${other.header}.${payload}.${signature}`)).toBe('promise.signature');
  });

  const header = { alg: 'Ed25519', typ: promiseType, kid: 'n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg' };
  const forms: readonly (readonly [what: string, header: object, payload: object])[] = [
    ['the typ of a token', { ...header, typ: 'custody+jwt' }, said],
    ['alg ES256', { ...header, alg: 'ES256' }, said],
    ['alg none', { ...header, alg: 'none' }, said],
    ['a header member beyond', { ...header, crit: [] }, said],
    ['a member beyond', header, { ...said, iat: 1 }],
    ['no service', header, { iss: said.iss, tokens: said.tokens }],
    ['no tokens', header, { ...said, tokens: [] }],
    ['1,001 tokens', header, { ...said, tokens: Array.from({ length: 1001 }, () => line(0)) }],
    ['a line with a member beyond', header, { ...said, tokens: [{ ...line(0), by: 1 }] }],
    ['a tid that is none', header, { ...said, tokens: [{ ...line(0), tid: 'x' }] }],
    ['due before it was received', header, { ...said, tokens: [{ ...line(0), due: 1 }] }],
    ['a time with a fraction', header, { ...said, tokens: [{ ...line(0), due: 1_772_524_800.5 }] }],
  ];
  it.each(forms)('%s → promise.form', async (_, written, payload) => {
    const part = (value: object) => base64url.encode(new TextEncoder().encode(JSON.stringify(value)));
    const signature = base64url.encode(new Uint8Array(64));
    expect(await refusalOf(`${part(written)}.${part(payload)}.${signature}`)).toBe('promise.form');
  });

  it('a member named twice, two parts, or too long → promise.form', async () => {
    const [head = '', payload = '', signature = ''] = mintPromise(said, key).split('.');
    const twice = Buffer.from(payload, 'base64url').toString().replace('{', '{"iss":"other",');
    expect(await refusalOf(`${head}.${base64url.encode(Buffer.from(twice))}.${signature}`)).toBe('promise.form');
    expect(await refusalOf(`${head}.${payload}`)).toBe('promise.form');
    expect(await refusalOf('a'.repeat(maxPromiseBytes + 1))).toBe('promise.form');
  });
});
