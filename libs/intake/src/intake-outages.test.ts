// What is promised when something is down (docs/architecture): whoever posts is answered, and nothing is lost.

import * as ground from '@unbroken/testing';
import { freshDatabase, privateKafka, privatePostgres, waitFor } from '@unbroken/testing';
import type { PrivateKafka, PrivatePostgres } from '@unbroken/testing';
import { generateSigner, mintToken, newJti, shipmentId } from '@unbroken/tokens';
import type { PartyId, Signer } from '@unbroken/tokens';
import { ServiceHouse } from './fixture/index.js';
import { roleService } from './role/role-service.js';

const POST = '/courier/v1/tokens';
const iss = 'bring' as PartyId;

let kafka: PrivateKafka;
let postgres: PrivatePostgres;
let house: ServiceHouse;
let signer: Signer;

beforeAll(async () => {
  [kafka, postgres] = await Promise.all([privateKafka(), privatePostgres()]);
  ({ signer } = await generateSigner('Ed25519'));
  house = await ServiceHouse.open({
    ground,
    services: [(settings, parts) => roleService({ name: 'courier', controllers: [] }, settings, parts)],
    kafka,
    database: await freshDatabase(postgres),
  });
}, 120_000);

afterAll(async () => {
  await house.leave();
  await Promise.all([kafka.stop(), postgres.stop()]);
}, 60_000);

const someTokens = (count: number) =>
  Promise.all(
    Array.from({ length: count }, () =>
      mintToken({ iss, sub: shipmentId(iss, newJti()), jti: newJti(), iat: 1_772_000_000, evt: 'sealed' }, signer),
    ),
  );

it('Postgres killed while tokens are posted → every post is answered 202, and each token published once', async () => {
  const ear = await house.listen('custody.tokens.v1');
  const tokens = await someTokens(60);
  const posts: Promise<{ status: number }>[] = [];
  for (const [place, token] of tokens.entries()) {
    if (place === 20) await postgres.kill9();
    posts.push(house.post(POST, token));
    if (place === 40) await Promise.race(posts.slice(20));
  }
  const statuses = (await Promise.all(posts)).map(({ status }) => status);
  expect(new Set(statuses)).toEqual(new Set([202]));
  await waitFor(() => tokens.every((token) => ear.texts.includes(token)), { what: 'all tokens', timeoutMs: 30_000 });
  expect(new Set(ear.texts)).toEqual(new Set(tokens));
}, 90_000);

it('the broker is killed → 202 all the while, and drained when it is back', async () => {
  const tokens = await someTokens(30);
  await kafka.kill9();
  const statuses = await Promise.all(tokens.map(async (token) => (await house.post(POST, token)).status));
  expect(new Set(statuses)).toEqual(new Set([202]));
  const ear = await waitFor(() => house.listen('custody.tokens.v1'), { what: 'the broker', timeoutMs: 60_000 });
  await waitFor(() => tokens.every((token) => ear.texts.includes(token)), { what: 'all tokens', timeoutMs: 60_000 });
}, 150_000);

it('Postgres stays away for longer than a request can wait → 503 that says when to come back', async () => {
  const [token = ''] = await someTokens(1);
  await postgres.stop();
  const { status, headers, body } = await house.post(POST, token);
  expect({ status, code: body['code'] }).toEqual({ status: 503, code: 'store.away' });
  expect(headers.get('retry-after')).toBe('5');
}, 90_000);
