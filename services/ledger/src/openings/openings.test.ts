// Who has seen this: whatever shows a chain keeps first that it did, and for whom; each day's are sealed, and what somebody
// changes afterwards is named.

import { jest } from '@jest/globals';
import type { OpeningsAnswer } from '@unbroken/contracts';
import { waitFor } from '@unbroken/testing';
import { LedgerHouse } from '../fixture/ledger-house.js';
import { admit, bearerOf, enrol, establish, register, settle, settleAuditor } from '../fixture/signers.js';
import type { Settled } from '../fixture/signers.js';
import { auditUnder } from '../audit/open-audit.js';
import { sealDay } from './opening-days.js';

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

describe('after midnight', () => {
  const audited = async () => (await auditUnder(house.settings, { copies: [], bundles: [] }, house.clock)).faults;
  const faults = async () => (await audited()).map(({ code, where }) => `${code} ${where}`);
  const lines = async () => (await (await house.getLog('custody/checkpoint')).text()).split('\n').slice(3, -3);
  /** As somebody would who may write to the database. */
  const changed = async (table: string, ...statements: string[]) => {
    await house.dataSource.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
    for (const statement of statements) await house.dataSource.query(statement);
    await house.dataSource.query(`ALTER TABLE ${table} ENABLE TRIGGER USER`);
  };
  const recordedOne = async () => {
    const { sub: another, registered } = await register(settled.party);
    await house.hand('custody.tokens.v1', [registered], { key: another });
    await house.until(registered, 'recorded');
    return another;
  };
  const signedAgain = async (another: string) =>
    waitFor(async () => (await house.get(`chains/${another}/evidence`)).ok, { what: 'the next checkpoint' });

  beforeAll(async () => {
    expect(await lines()).toEqual([]);
    house.clock.set(new Date('2026-03-03T00:01:00Z'));
    const sealed = async () => (await house.dataSource.query<unknown[]>('SELECT FROM opening_days')).length === 1;
    await waitFor(sealed, { what: 'the day to be sealed' });
    await signedAgain(await recordedOne());
  });

  it('→ the day is sealed, the next checkpoint says so, and the audit finds all as it was', async () => {
    const [{ count } = { count: '' }] = await house.dataSource.query<{ count: string }[]>(
      'SELECT count(*) FROM openings WHERE no <= (SELECT upto FROM opening_days)',
    );
    expect(await lines()).toEqual([expect.stringMatching(new RegExp(`^openings 2026-03-02 ${count} [\\w+/]{43}=$`))]);
    const iat = house.clock.now() / 1000;
    const { openings } = (await seen(sub, await bearerOf(settled.party, { ...chains, iat, exp: iat + 60 }))).body;
    expect(openings.map(({ sealed }) => sealed)).toEqual(openings.map(() => '2026-03-02'));
    expect(await faults()).toEqual([]);
  });

  it('who has seen it is changed in a line → that line, and that one is missing', async () => {
    await changed('openings', `UPDATE openings SET party = 'somebody-else' WHERE party = 'national-audit'`);
    const [line, missing] = await audited();
    expect(line).toMatchObject({ code: 'opening.changed', where: 'openings' });
    expect(line?.says).toContain('log-entries');
    expect(missing).toMatchObject({ code: 'opening.missing', should: expect.stringContaining('sealed') as string });
    await changed('openings', `UPDATE openings SET party = 'national-audit' WHERE party = 'somebody-else'`);
    expect(await faults()).toEqual([]);
  });

  it('a line is taken away, and a false seal put over the rest → still named, also when the log goes on signing', async () => {
    await house.dataSource.query(
      'CREATE TABLE sound AS SELECT * FROM openings; CREATE TABLE seals AS SELECT * FROM opening_days',
    );
    await changed('openings', `DELETE FROM openings WHERE what = 'evidence' AND party = 'danish-post'`);
    expect(await faults()).toEqual(['opening.missing openings']);
    await changed('opening_days', 'DELETE FROM opening_days');
    expect(await faults()).toEqual(['seal.changed opening_days', 'seal.changed opening_days']);
    expect(await sealDay(house.dataSource, house.clock.now())).toBe(true);
    await signedAgain(await recordedOne());
    expect(new Set(await faults())).toEqual(new Set(['seal.changed opening_days']));
    await changed('opening_days', 'DELETE FROM opening_days', 'INSERT INTO opening_days SELECT * FROM seals');
    await changed(
      'openings',
      'INSERT INTO openings OVERRIDING SYSTEM VALUE SELECT * FROM sound ON CONFLICT DO NOTHING',
    );
    expect(await faults()).toEqual([]);
  });
});
