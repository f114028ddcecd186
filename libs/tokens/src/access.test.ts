import { AccessRefused, accessType, longestAccessSeconds, mintAccess, readAccess } from './access.js';
import type { AccessClaims } from './access.js';
import { base64url } from './base64url.js';
import type { PartyId } from './ids.js';
import type { Algorithm } from './envelope.js';
import { generateSigner, type Signer } from './signer.js';
import { mintToken } from './mint-token.js';

const now = 1_772_438_400;
const iss = 'national-audit' as PartyId;
const said: AccessClaims = { iss, aud: 'unbroken-test', scope: 'log.entries', iat: now, exp: now + 600 };

let signer: Signer;
let other: Signer;

beforeAll(async () => {
  [{ signer }, { signer: other }] = await Promise.all([generateSigner('ES256'), generateSigner('Ed25519')]);
});

const read = (access: string, at = now, party = iss, known = signer) =>
  readAccess(access, {
    aud: 'unbroken-test',
    scope: 'log.entries',
    now: at,
    keyOf: (kid) => (kid === known.kid ? { party, kid, jwk: known.jwk } : undefined),
  });

const refusalOf = (...asked: Parameters<typeof read>): Promise<string> =>
  read(...asked).then(
    () => 'held',
    (error: unknown) => (error instanceof AccessRefused ? error.code : String(error)),
  );

it.each<Algorithm>(['ES256', 'Ed25519'])('signed with an %s key that counts → who asks', async (alg) => {
  const { signer: key } = await generateSigner(alg);
  expect(await read(await mintAccess(said, key), now, iss, key)).toMatchObject({ party: iss, kid: key.kid });
});

it('for another purpose → access.form: what opens one door opens no other', async () => {
  expect(await refusalOf(await mintAccess({ ...said, scope: 'incidents' }, signer))).toBe('access.form');
});

it('for another hub → access.audience', async () => {
  expect(await refusalOf(await mintAccess({ ...said, aud: 'elsewhere' }, signer))).toBe('access.audience');
});

it('over, not begun, or for too long → access.time; a clock a minute ahead → held', async () => {
  const access = await mintAccess(said, signer);
  expect(await refusalOf(access, now + 599)).toBe('held');
  expect(await refusalOf(access, now + 600)).toBe('access.time');
  expect(await refusalOf(access, now - 60)).toBe('held');
  expect(await refusalOf(access, now - 61)).toBe('access.time');
  const long = (seconds: number) => mintAccess({ ...said, exp: now + seconds }, signer);
  expect(await refusalOf(await long(longestAccessSeconds))).toBe('held');
  expect(await refusalOf(await long(longestAccessSeconds + 1))).toBe('access.time');
  const backwards = await mintAccess({ ...said, iat: now + 50, exp: now + 20 }, signer);
  expect(await refusalOf(backwards)).toBe('access.time');
});

it('by a key that does not count, or of another party → access.key', async () => {
  expect(await refusalOf(await mintAccess(said, other))).toBe('access.key');
  expect(await refusalOf(await mintAccess(said, signer), now, 'somebody' as PartyId)).toBe('access.key');
});

it('one word changed, or another signature → access.signature', async () => {
  const [header = '', payload = '', signature = ''] = (await mintAccess(said, signer)).split('.');
  const changed = Buffer.from(payload, 'base64url')
    .toString()
    .replace(`${now + 600}`, `${now + 601}`);
  expect(await refusalOf(`${header}.${base64url.encode(Buffer.from(changed))}.${signature}`)).toBe('access.signature');
  const others = (await mintAccess({ ...said, exp: now + 60 }, signer)).split('.')[2] ?? '';
  expect(await refusalOf(`${header}.${payload}.${others}`)).toBe('access.signature');
});

it('a custody token of the same key → access.form', async () => {
  const claims = { iss, sub: iss, jti: 'AAAAAAAAAAAAAAAAAAAAAA', iat: now, evt: 'sealed' };
  expect(await refusalOf(await mintToken(claims, signer))).toBe('access.form');
});

const forms: readonly (readonly [what: string, header: object, payload: object])[] = [
  ['alg none', { alg: 'none' }, said],
  ['a header member beyond', { crit: [] }, said],
  ['a member beyond', {}, { ...said, jti: 'x' }],
  ['another scope', {}, { ...said, scope: 'everything' }],
  ['no exp', {}, { iss, aud: said.aud, scope: said.scope, iat: now }],
  ['an iss that is none', {}, { ...said, iss: 'X' }],
  ['a time with a fraction', {}, { ...said, iat: now + 0.5 }],
];
it.each(forms)('%s → access.form', async (_, header, payload) => {
  const part = (value: object) => base64url.encode(new TextEncoder().encode(JSON.stringify(value)));
  const written = { alg: 'ES256', typ: accessType, kid: signer.kid, ...header };
  expect(await refusalOf(`${part(written)}.${part(payload)}.${base64url.encode(new Uint8Array(64))}`)).toBe(
    'access.form',
  );
});
