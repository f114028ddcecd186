// Who has seen this: whatever shows a chain keeps first that it did, and for whom; each day's are sealed, and what somebody
// changes afterwards is named.

import { jest } from '@jest/globals';
import type { OpeningsAnswer } from '@unbroken/contracts';
import { waitFor } from '@unbroken/testing';
import { LedgerHouse } from '../fixture/ledger-house.js';
import { admit, bearerOf, enrol, establish, register, settle, settleAuditor } from '../fixture/signers.js';
import type { Settled } from '../fixture/signers.js';

jest.setTimeout(60_000);

let house: LedgerHouse;
let settled: Settled;
let auditor: Awaited<ReturnType<typeof settleAuditor>>;
let other: Settled['party'];
let sub: string;

const chains = { scope: 'chains' } as const;
const asSender = () => bearerOf(settled.party, chains);

const seen = async (about = sub, headers?: Record<string, string>) => {
  const answer = await house.get(`openings/${about}`, headers ?? (await asSender()));
  return { status: answer.status, body: (await answer.json()) as OpeningsAnswer & { code?: string } };
};
const whatWasSeen = async () => (await seen()).body.openings.map(({ what, party }) => `${what} ${party ?? '-'}`);

beforeAll(async () => {
  house = await LedgerHouse.build();
  await house.start();
  settled = await settle('danish-post');
  auditor = await settleAuditor(settled.operator);
  const { party, established } = await establish('somebody-else');
  const { enrolled } = await enrol(party);
  other = party;
  const admitted = await admit(settled.operator, party);
  await house.hand('registry.tokens.v1', [...settled.tokens, ...auditor.tokens, established, admitted, enrolled]);
  await house.until(enrolled, 'recorded');
  const parcel = await register(settled.party);
  sub = parcel.sub;
  await house.hand('custody.tokens.v1', [parcel.registered]);
  await house.until(parcel.registered, 'recorded');
  await waitFor(async () => (await seen()).status === 200, { what: 'the sender to be known' });
});

afterAll(() => house.tearDown(), 30_000);

it('a chain is opened, by a key and by nobody in particular → each once, with what is known of who it was', async () => {
  expect((await seen()).body.openings).toEqual([]);
  await house.get(`chains/${sub}`, await asSender());
  await house.get(`chains/${sub}`, await asSender());
  await house.get(`chains/${sub}`);
  const { openings } = (await seen()).body;
  expect(openings).toEqual([
    expect.objectContaining({ what: 'chain', party: null, kid: null, person: null, sealed: null }),
    expect.objectContaining({ what: 'chain', party: 'danish-post', kid: settled.party.device.kid, source: null }),
  ]);
  expect(openings[0]?.source).toMatch(/^[\w-]{8}$/);
  expect(JSON.stringify(openings)).not.toMatch(/127\.0|::1/);
});

it('evidence, and entries that are fetched in a row → told like the chain', async () => {
  const evidence = async () => (await house.get(`chains/${sub}/evidence`, await asSender())).ok;
  await waitFor(evidence, { what: 'evidence' });
  expect((await house.get(`chains/${sub}/entries`)).ok).toBe(true);
  expect((await house.getLog('custody/tile/entries/000.p/1', await auditor.bearer())).ok).toBe(true);
  expect((await whatWasSeen()).slice(0, 3)).toEqual([
    'log-entries national-audit',
    'entries -',
    'evidence danish-post',
  ]);
});

it('who asks who has seen it is not shown, or is a stranger → 401, and 404 as of one that is not there', async () => {
  expect(await seen(sub, {})).toMatchObject({ status: 401, body: { code: 'access.missing' } });
  expect(await seen(sub, await auditor.bearer())).toMatchObject({ status: 401, body: { code: 'access.form' } });
  expect(await seen(sub, await auditor.bearer(chains))).toMatchObject({ status: 200 });
  const stranger = { status: 404, body: { code: 'openings.unknown' } };
  expect(await seen(sub, await bearerOf(other, chains))).toMatchObject(stranger);
  const unknown = (await register(settled.party)).sub;
  expect(await seen(unknown)).toMatchObject(stranger);
  expect(await seen('danish-post')).toMatchObject(stranger);
});

it('a word on who reads that does not hold → refused, and nothing is shown or kept', async () => {
  const before = await whatWasSeen();
  expect(
    (await house.get(`chains/${sub}`, await bearerOf(settled.party, { ...chains, aud: 'elsewhere' }))).status,
  ).toBe(401);
  expect((await house.get(`chains/${(await register(settled.party)).sub}`, await asSender())).status).toBe(404);
  expect(await whatWasSeen()).toEqual(before);
});

it('opened in another service → kept once, however often it is told', async () => {
  const at = new Date(house.clock.now()).toISOString();
  const who = { party: settled.party.id, kid: settled.party.device.kid, person: 'person-0001', source: null };
  const told = JSON.stringify({ openings: [{ at, about: sub, what: 'exposure', owner: null, ...who }] });
  await house.hand('platform.openings.v1', [told, told]);
  await waitFor(async () => (await whatWasSeen())[0] === 'exposure danish-post', { what: 'the exposure' });
  expect((await whatWasSeen()).filter((one) => one.startsWith('exposure'))).toHaveLength(1);
});

it('what was kept → not changed nor removed', async () => {
  for (const statement of ['UPDATE openings SET party = NULL', 'DELETE FROM openings', 'TRUNCATE openings'])
    await expect(house.dataSource.query(statement)).rejects.toThrow('only added to');
});
