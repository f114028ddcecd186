// The log refilled after its database was lost, put back too old, or changed: the same entries, indices, times and root,
// and tokens flow on. Where that cannot be, nothing is written, and it is said what lacks.

import { readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { waitFor } from '@unbroken/testing';
import { parseCheckpoint, parseNote } from '@unbroken/tlog';
import type { ShipmentId } from '@unbroken/tokens';
import { parseTokenSync } from '@unbroken/tokens/node';
import { auditUnder } from '../audit/open-audit.js';
import { LedgerHouse } from '../fixture/ledger-house.js';
import { register, releaseAll, settle, tidOf } from '../fixture/signers.js';
import { copyOf, forgotten } from '../fixture/sources.js';
import type { EntryRow } from '../publish/entry-message.js';
import { LogKeys } from '../sign/log-keys.js';
import { recover } from './recover.js';

let house: LedgerHouse;
let post: Awaited<ReturnType<typeof settle>>;
let before: EntryRow[];

/** Registrations, and two releases in one manifest. */
const ENTRIES = 5;
const EVERYTHING = 'entries, logs, tiles, checkpoints, publications, malformed_tokens, parked, refused, outbox';

const sql = (statement: string, values: unknown[] = []) => house.dataSource.query(statement, values);
const everything = async () => [...(await house.entries('registry')), ...(await house.entries('custody/0'))];
const recovered = (copies: readonly string[] = []) =>
  recover(house.settings, { copies, clock: house.clock }, () => undefined);

const signedOutside = async () => {
  const keys = new LogKeys(house.settings.UNBROKEN_STATE_DIR, house.settings.UNBROKEN_DEPLOYMENT);
  return parseCheckpoint(parseNote((await keys.outside('custody/0').last())?.note ?? '').text);
};

async function registerOne(): Promise<string> {
  const { sub, registered } = await register(post.party);
  await house.hand('custody.tokens.v1', [registered], { key: sub });
  await house.until(registered, 'recorded');
  return registered;
}

async function releaseTwo(opened: readonly string[]): Promise<void> {
  const items = opened.slice(0, 2).map((token) => {
    const { sub } = parseTokenSync(token).claims as { sub: ShipmentId };
    return { sub, prev: tidOf(token), seq: 1 };
  });
  for (const [at, piece] of (await releaseAll(post.party, items)).entries()) {
    await house.hand('custody.tokens.v1', [piece], { key: items[at]?.sub ?? '' });
    await house.until(piece, 'recorded');
  }
}

beforeEach(async () => {
  house = await LedgerHouse.build();
  await house.start();
  post = await settle('danish-post');
  await house.hand('registry.tokens.v1', post.tokens, { headers: { 'received-at': '2026-03-02T07:59:59.000Z' } });
  await house.hear('registry.recorded.v1', 4);
  const opened = [];
  for (let parcel = 0; parcel < ENTRIES - 2; parcel += 1) opened.push(await registerOne());
  await releaseTwo(opened);
  await house.hear('custody.recorded.v1', ENTRIES);
  await house.stop();
  before = await everything();
}, 120_000);

afterEach(() => house.tearDown(), 30_000);

/** Sound by every measure, and the next token goes on from there. */
async function flowsOn(): Promise<void> {
  const { root, size } = await signedOutside();
  expect(size).toBe(ENTRIES);
  await house.start();
  await registerOne();
  await waitFor(async () => (await signedOutside()).size === ENTRIES + 1, { what: 'the next checkpoint' });
  await house.hear('custody.recorded.v1', ENTRIES + 1);
  await house.stop();
  expect((await everything()).slice(0, before.length)).toEqual(before);
  expect(await auditUnder(house.settings, { copies: [], bundles: [] }, house.clock)).toMatchObject({ faults: [] });
  expect(root).toHaveLength(32);
}

it('the database lost → refilled from Kafka, the same; a second time nothing is written; tokens flow on', async () => {
  await sql(`TRUNCATE ${EVERYTHING}`);
  expect(await recovered()).toMatchObject({
    logs: [
      { log: 'registry', size: 4, signed: 4, written: 4 },
      { log: 'custody/0', size: ENTRIES, signed: ENTRIES, written: ENTRIES },
    ],
    notices: [],
  });
  expect(await everything()).toEqual(before);
  expect((await recovered()).logs.map(({ written }) => written)).toEqual([0, 0]);
  expect(await everything()).toEqual(before);
  await flowsOn();
}, 60_000);

it('an older one put back, which the ledger refuses → refilled; what arrived meanwhile is recorded', async () => {
  await sql(`DELETE FROM entries WHERE log = 'custody/0' AND index >= 2`);
  await sql(`DELETE FROM tiles WHERE log = 'custody/0'`);
  await sql(`UPDATE logs SET size = 2, edge = '\\x0000000000000000' WHERE name = 'custody/0'`);
  await sql(`DELETE FROM checkpoints WHERE log = 'custody/0'`);
  await house.start();
  const refused = async () =>
    JSON.stringify(await (await house.getRoot('readyz')).json()).includes('it is an older one');
  await waitFor(refused, { what: 'the refusal' });
  const { sub, registered } = await register(post.party);
  await house.hand('custody.tokens.v1', [registered], { key: sub });
  // Beside the ledger that refuses: it is not at work, and goes on by itself afterwards.
  expect((await recovered()).logs[1]).toMatchObject({ size: ENTRIES, written: ENTRIES - 2 });
  await house.until(registered, 'recorded');
  expect((await everything()).slice(0, before.length)).toEqual(before);
}, 60_000);

it('rows changed, swapped and added → each as it was signed', async () => {
  await sql(`UPDATE entries SET recorded_at = recorded_at + interval '1 h' WHERE log = 'custody/0' AND index = 4`);
  const moves = [
    [0, 100],
    [3, 0],
    [100, 3],
  ];
  for (const [from, to] of moves)
    await sql(`UPDATE entries SET index = $2 WHERE log = 'custody/0' AND index = $1`, [from, to]);
  await sql(`UPDATE entries SET sub = 'nobody' WHERE log = 'custody/0' AND index = 1`);
  await sql(
    `INSERT INTO entries (log, index, tid, kid, sub, recorded_at, registry_size, token)
     SELECT log, 5, 'x', kid, sub, recorded_at, registry_size, token FROM entries WHERE log = 'custody/0' AND index = 2`,
  );
  await recovered();
  expect(await everything()).toEqual(before);
  await flowsOn();
}, 60_000);

it('Kafka keeps it no longer → nothing written, and what lacks is named; with a party’s copy it is refilled', async () => {
  await sql(`TRUNCATE ${EVERYTHING}`);
  await forgotten(house.settings, 'custody.recorded.v1');
  await expect(recovered()).rejects.toMatchObject({
    code: 'recover.lacking',
    message: expect.stringContaining('0 to 4') as string,
  });
  const custody = before.filter(({ log }) => log === 'custody/0');
  const part = await copyOf(custody.filter((_, at) => at !== 2));
  await expect(recovered([part])).rejects.toMatchObject({
    code: 'recover.lacking',
    message: expect.stringContaining('2.') as string,
  });
  expect(await everything()).toEqual([]);
  await recovered([await copyOf(custody)]);
  const rows = (await everything()).map(({ received_at: _, ...row }) => row);
  expect(rows).toEqual(before.map(({ received_at: _, ...row }) => row));
}, 60_000);

it('what is found is not what was signed → nothing written', async () => {
  await sql(`TRUNCATE ${EVERYTHING}`);
  await forgotten(house.settings, 'custody.recorded.v1');
  const custody = before.filter(({ log }) => log === 'custody/0');
  const changed = custody.map((row, at) => (at === 1 ? { ...row, registry_size: '3' } : row));
  await expect(recovered([await copyOf(changed)])).rejects.toMatchObject({ code: 'recover.other-root' });
  expect(await everything()).toEqual([]);
  // The root tells which of two copies is right.
  await recovered([await copyOf(changed), await copyOf(custody)]);
  expect((await everything()).map(({ index, registry_size }) => [index, registry_size])).toEqual(
    before.map(({ index, registry_size }) => [index, registry_size]),
  );
}, 60_000);

it('the checkpoints outside are gone too → nothing written, for nothing says what was signed', async () => {
  await rm(join(house.settings.UNBROKEN_STATE_DIR, 'checkpoints'), { recursive: true });
  await sql(`TRUNCATE ${EVERYTHING}`);
  await expect(recovered()).rejects.toMatchObject({ code: 'recover.no-checkpoint' });
  expect(await everything()).toEqual([]);
}, 60_000);

it('a ledger at work → refused, nothing touched', async () => {
  await house.start();
  await waitFor(() => house.writer.state === 'writing', { what: 'the ledger to write' });
  await expect(recovered()).rejects.toMatchObject({ code: 'recover.at-work' });
  expect(tidOf(await registerOne())).toHaveLength(43);
}, 60_000);

it('recorded, never signed nor published, and lost → recorded again from its token', async () => {
  const folder = join(house.settings.UNBROKEN_STATE_DIR, 'checkpoints', 'custody-0');
  const [name = ''] = await readdir(folder);
  const note = await readFile(join(folder, name), 'utf8');
  await house.start();
  const token = await registerOne();
  await house.hear('custody.recorded.v1', ENTRIES + 1);
  await house.stop();
  // As it would be had the machine gone between the commit and both: neither the folder nor the topic knows of it.
  for (const newer of await readdir(folder)) await rm(join(folder, newer));
  await writeFile(join(folder, name), note);
  await forgotten(house.settings, 'custody.recorded.v1');
  await sql(`TRUNCATE ${EVERYTHING}`);
  const { logs } = await recovered([await copyOf(before.filter(({ log }) => log === 'custody/0'))]);
  expect(logs[1]).toMatchObject({ size: ENTRIES, signed: ENTRIES });
  await house.start();
  expect(await house.until(token, 'recorded')).toMatchObject({ index: ENTRIES });
}, 60_000);

it('who has seen what, lost with the database → what Kafka still holds of it comes back', async () => {
  const opened = {
    at: new Date(house.clock.now()).toISOString(),
    about: 'danish-post',
    what: 'page',
    owner: null,
    source: 'x',
  };
  const nobody = { party: null, kid: null, person: null };
  const kept = async () => (await sql('SELECT at, about, what, source FROM openings')) as unknown[];
  const isKept = () => waitFor(async () => (await kept()).length > 0, { what: 'the opening' });
  await house.start();
  await house.hand('platform.openings.v1', [JSON.stringify({ openings: [{ ...opened, ...nobody }] })]);
  await isKept();
  await house.stop();
  const seen = await kept();
  await sql('ALTER TABLE openings DISABLE TRIGGER USER');
  await sql(`TRUNCATE openings, ${EVERYTHING}`);
  await sql('ALTER TABLE openings ENABLE TRIGGER USER');

  await recovered();
  await house.start();
  await isKept();
  await house.stop();
  expect(await kept()).toEqual(seen);
}, 60_000);
