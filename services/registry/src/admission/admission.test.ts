// Admission by itself: what the operator signs, and that it signs it once.

import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { PartyAnswer } from '@unbroken/contracts';
import { readClaims } from '@unbroken/custody';
import { ServiceHouse } from '@unbroken/intake/fixture';
import type { TopicEar } from '@unbroken/intake/fixture';
import * as ground from '@unbroken/testing';
import { waitFor } from '@unbroken/testing';
import { generateSigner, importPrivateJwk, mintToken, newJti, sha256Hash } from '@unbroken/tokens';
import type { PrivateJwk } from '@unbroken/tokens';
import { parseTokenSync } from '@unbroken/tokens/node';
import { registryService } from '../registry.service.js';

let house: ServiceHouse;
let posted: TopicEar;

/** The ledger of this test records whatever is posted, each token once. */
beforeAll(async () => {
  house = await ServiceHouse.open({ ground, services: [registryService] });
  const recorded = new Set<string>();
  posted = await house.listen('registry.tokens.v1', async ({ text }) => {
    const { tid } = parseTokenSync(text);
    if (!recorded.has(tid)) await house.ledger.record(text);
    recorded.add(tid);
  });
}, 120_000);

afterAll(() => house.close(), 60_000);

const POST = '/registry/v1/tokens';

async function establish(name: string, roles: string[]): Promise<string> {
  const { signer } = await generateSigner('Ed25519');
  const claims = { iss: name, sub: name, jti: newJti(), iat: house.ledger.now, evt: 'established', seq: 0 };
  const more = { aud: house.ledger.deployment, name: `The ${name}`, roles, jwk: signer.jwk };
  const token = await mintToken({ ...claims, ...more, next: sha256Hash(new Uint8Array(1)) }, signer);
  expect((await house.post(POST, token)).status).toBe(202);
  return token;
}

const party = async (id: string) => (await house.get<PartyAnswer>(`/registry/v1/parties/${id}`)).body;
const isAdmitted = (id: string) => waitFor(async () => (await party(id)).admitted, { what: `${id} admitted` });
const admissionsOf = (id: string) =>
  posted.texts.map((text) => parseTokenSync(text).claims).filter(({ evt, sub }) => evt === 'admitted' && sub === id);
const keyFile = () => join(house.settings.UNBROKEN_STATE_DIR, 'keys', 'operator.json');

it('first start → a key nobody else can read, and the operator’s party established with it', async () => {
  await isAdmitted('unbroken-operator');
  expect(statSync(keyFile()).mode & 0o777).toBe(0o600);
  const { root } = JSON.parse(readFileSync(keyFile(), 'utf8')) as { root: PrivateJwk };
  const { signer } = await importPrivateJwk(root);
  expect(await party('unbroken-operator')).toMatchObject({ rootKid: signer.kid, roles: ['operator'] });
});

it('a party establishes itself → admitted in the roles it asked for, by a token the protocol knows', async () => {
  const token = await establish('skat', ['sender', 'receiver']);
  await isAdmitted('skat');
  expect((await party('skat')).roles).toEqual(['sender', 'receiver']);
  const [admitted = {}] = admissionsOf('skat');
  expect(readClaims(admitted, house.ledger.deployment)).toMatchObject({ chain: 'party' });
  expect(admitted).toMatchObject({ iss: 'unbroken-operator', prev: parseTokenSync(token).tid });
});

it('restarted, and every message again → nobody is admitted twice, the key stays', async () => {
  await establish('post', ['courier']);
  await isAdmitted('post');
  const before = readFileSync(keyFile(), 'utf8');
  await house.stop();
  await house.ledger.publishAgain();
  await house.start();
  await establish('kommune', ['sender']);
  await isAdmitted('kommune');
  for (const id of ['skat', 'post', 'kommune']) expect(admissionsOf(id)).toHaveLength(1);
  expect(posted.texts.filter((text) => parseTokenSync(text).claims.sub === 'unbroken-operator')).toHaveLength(1);
  expect(readFileSync(keyFile(), 'utf8')).toBe(before);
}, 60_000);
