// Who has seen what, lost with the database (decision 0044): said by `unbroken recover`, in every checkpoint, by each audit
// and to whoever asks; and nothing else that is missing passes for it.

import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import type { OpeningsAnswer } from '@unbroken/contracts';
import { waitFor } from '@unbroken/testing';
import { auditUnder } from '../audit/open-audit.js';
import { LedgerHouse } from '../fixture/ledger-house.js';
import { bearerOf, register } from '../fixture/signers.js';
import type { Settled } from '../fixture/signers.js';
import { recover } from '../recover/recover.js';

jest.setTimeout(60_000);

let house: LedgerHouse;
let settled: Settled;
let sub: string;

const LOGS = 'entries, logs, tiles, checkpoints, publications, malformed_tokens, parked, refused, outbox';

const sql = <R = unknown>(statement: string) => house.dataSource.query<R[]>(statement);
/** As somebody would who may write to the database. */
const changed = async (...statements: string[]) => {
  for (const table of ['openings', 'opening_days']) await sql(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
  for (const statement of statements) await sql(statement);
  for (const table of ['openings', 'opening_days']) await sql(`ALTER TABLE ${table} ENABLE TRIGGER USER`);
};
const asSender = () => {
  const iat = house.clock.now() / 1000;
  return bearerOf(settled.party, { scope: 'chains', iat, exp: iat + 60 });
};
const seen = async () => (await (await house.get(`openings/${sub}`, await asSender())).json()) as OpeningsAnswer;
const recovered = () => recover(house.settings, { copies: [], clock: house.clock }, () => undefined);
const audited = async () => (await auditUnder(house.settings, { copies: [], bundles: [] }, house.clock)).faults;
const faults = async () => (await audited()).map(({ code, where }) => `${code} ${where}`);
const notes = () => join(house.settings.UNBROKEN_STATE_DIR, 'openings-lost');

/** Until the sender is known, too. */
async function started(): Promise<void> {
  await house.start();
  await theSenderIsKnown();
}
const theSenderIsKnown = () =>
  waitFor(async () => (await house.get(`openings/${sub}`, await asSender())).ok, { what: 'the sender' });

/** What the newest checkpoint says of openings, when it covers one more parcel. */
async function nextLines(): Promise<string[]> {
  const { sub: another, registered } = await register(settled.party);
  await house.hand('custody.tokens.v1', [registered], { key: another });
  await house.until(registered, 'recorded');
  await waitFor(async () => (await house.get(`chains/${another}/evidence`)).ok, { what: 'the next checkpoint' });
  const lines = (await (await house.getLog('custody/checkpoint')).text()).split('\n').slice(3, -3);
  return lines.map((line) => line.split(' ').slice(0, 3).join(' '));
}

/** Somebody opens the chain; after midnight the day is sealed and the next checkpoint says so. */
async function openedUntil(day: string): Promise<string[]> {
  expect((await house.get(`chains/${sub}`, await asSender())).ok).toBe(true);
  house.clock.set(new Date(Date.parse(`${day}T00:01:00Z`) + 24 * 3_600_000));
  return sealed(day);
}
async function sealed(day: string): Promise<string[]> {
  const isSealed = async () => (await sql(`SELECT FROM opening_days WHERE day = '${day}'`)).length === 1;
  await waitFor(isSealed, { what: `the seal of ${day}` });
  return nextLines();
}

beforeEach(async () => {
  house = await LedgerHouse.build();
  await house.start();
  settled = await house.settled('danish-post');
  const parcel = await register(settled.party);
  sub = parcel.sub;
  await house.hand('custody.tokens.v1', [parcel.registered], { key: sub });
  await house.until(parcel.registered, 'recorded');
  await theSenderIsKnown();
  expect(await openedUntil('2026-03-02')).toEqual([expect.stringMatching(/^openings 2026-03-02 \d$/)]);
  await house.stop();
}, 60_000);

afterEach(() => house.tearDown(), 30_000);

it('the database is lost and recovered → said for ever; named once by each audit, and to whoever asks', async () => {
  await changed(`TRUNCATE openings, opening_days, ${LOGS}`);
  expect(await faults()).toContain('seal.changed opening_days');
  const { notices } = await recovered();
  expect(notices).toEqual([expect.stringMatching(/^Lost is .* \d openings until 2026-03-02 .*openings\.lost/)]);
  expect(await faults()).toEqual(['openings.lost openings']);

  await started();
  const gap = { from: null, to: '2026-03-03T00:01:00.000Z', said: '2026-03-03T00:01:00.000Z' };
  expect(await seen()).toMatchObject({ openings: [], gaps: [gap] });
  expect(await nextLines()).toEqual([expect.stringMatching(/^openings-lost 2026-03-02 \d$/)]);
  const lines = await openedUntil('2026-03-03');
  expect(lines).toEqual([
    expect.stringMatching(/^openings 2026-03-03 \d$/),
    expect.stringMatching(/^openings-lost 2026-03-02 \d$/),
  ]);
  expect((await seen()).gaps).toEqual([gap]);
  const named = await audited();
  expect(named).toMatchObject([
    { code: 'openings.lost', says: '0 were left at the recovery of 2026-03-03T00:01:00.000Z' },
  ]);
  house.clock.set(new Date('2026-03-04T12:00:00Z'));
  expect(await audited()).toEqual(named);
  await house.stop();
  expect((await recovered()).notices).toEqual([]);

  // What was sealed since is not excused by it.
  await changed('DELETE FROM opening_days');
  expect(await faults()).toEqual(['seal.changed opening_days', 'seal.changed opening_days', 'openings.lost openings']);
});

it('an older database is put back → what it holds still stands, and the gap begins after it', async () => {
  await sql('CREATE TABLE older AS SELECT * FROM openings; CREATE TABLE seals AS SELECT * FROM opening_days');
  await started();
  await openedUntil('2026-03-03');
  await house.stop();
  await changed(
    `TRUNCATE openings, opening_days, ${LOGS}`,
    'INSERT INTO openings OVERRIDING SYSTEM VALUE SELECT * FROM older',
    'INSERT INTO opening_days SELECT * FROM seals',
  );
  await recovered();
  await started();
  const { gaps, openings } = await seen();
  expect(gaps).toMatchObject([{ from: '2026-03-03T00:00:00.000Z', to: '2026-03-04T00:01:00.000Z' }]);
  expect(openings).toHaveLength(1);
  // What was open in it yet goes on from its last seal, under a day that was sealed before.
  expect(await sealed('2026-03-03')).toEqual([
    expect.stringMatching(/^openings 2026-03-03 \d$/),
    expect.stringMatching(/^openings-lost 2026-03-03 \d$/),
  ]);
  expect(await faults()).toEqual(['openings.lost openings']);
});

it('a crash between the note and the refill → the next run goes on, and says it once', async () => {
  await changed(`TRUNCATE openings, opening_days, ${LOGS}`);
  await sql(`CREATE FUNCTION crash() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'crash'; END $$;
    CREATE TRIGGER crash BEFORE INSERT ON entries EXECUTE FUNCTION crash()`);
  await expect(recovered()).rejects.toThrow('crash');
  const [note] = await readdir(notes());
  await sql('DROP TRIGGER crash ON entries');
  expect((await recovered()).notices).toEqual([expect.stringMatching(/^Lost is /)]);
  expect(await readdir(notes())).toEqual([note]);
  expect(await faults()).toEqual(['openings.lost openings']);
});

it('taken away and not recovered → a gap that nobody has said; another seal in its place → recover excuses nothing', async () => {
  await sql('CREATE TABLE seals AS SELECT * FROM opening_days');
  await changed('DELETE FROM opening_days');
  await started();
  expect((await seen()).gaps).toEqual([{ from: null, to: '2026-03-03T00:00:00.000Z', said: null }]);
  await house.stop();
  await changed(
    'DELETE FROM opening_days',
    `INSERT INTO opening_days SELECT day, upto, leaves, '\\x0000000000000000' FROM seals`,
  );
  expect((await recovered()).notices).toEqual([expect.stringMatching(/^Changed is .*seal\.changed/)]);
  expect(await faults()).toContain('seal.changed opening_days');
  expect(await faults()).not.toContain('openings.lost openings');
});

it('a note that the log has not signed → excuses nothing, and is named', async () => {
  await changed(`TRUNCATE openings, opening_days, ${LOGS}`);
  await recovered();
  const [name = ''] = await readdir(notes());
  const path = join(notes(), name);
  const said = await readFile(path, 'utf8');
  await writeFile(path, said.replace('left 0 ', 'left 9 '));
  expect(await faults()).toEqual(['seal.changed opening_days', 'seal.changed opening_days', `seal.changed ${path}`]);
  await expect(recovered()).rejects.toThrow(path);
});
