// A log that has lost what it signed, ended by a person, and the one that goes on: what of it holds, what is said to be
// lost, and that nobody can bend either.

import { readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isUnproven } from '@unbroken/evidence';
import type { TrustAnswer } from '@unbroken/contracts';
import { waitFor } from '@unbroken/testing';
import { formatCheckpoint, formatNote, parseCheckpoint, parseNote, parseTlogProof, signNote } from '@unbroken/tlog';
import { LosingHouse, PARCELS, REASON } from '../fixture/losing-house.js';
import { register, release, tidOf } from '../fixture/signers.js';
import { copyOf, forgotten } from '../fixture/sources.js';
import { recordedLog } from '../publish/recorded-log.js';
import { recover } from '../recover/recover.js';
import { lossLines } from './loss.js';
import type { Loss } from './loss.js';

const OLD = 'unbroken-development/custody/0';
const NEW = 'unbroken-development/custody/1';

let house: LosingHouse;

beforeEach(async () => {
  house = await LosingHouse.build();
}, 120_000);

afterEach(() => house.tearDown(), 30_000);

const sentence = (lines: readonly string[]) => lines.join('\n');

it('entries lost for ever → a person ends the log, another goes on; chains, receipts, evidence and audit say so', async () => {
  const copies = await house.lost();
  const refused = { code: 'recover.lacking', cure: expect.stringContaining('recover --successor') as string };
  await expect(house.recovered(copies.slice(0, 1))).rejects.toMatchObject(refused);
  // Told what it would cost, and not wanted.
  await expect(house.recovered(copies, false)).rejects.toMatchObject({ code: 'recover.declined' });
  expect(await house.keys.successions.all()).toEqual([]);
  expect(house.shown).toMatchObject({
    origin: OLD,
    next: NEW,
    signed: PARCELS,
    lost: [[1, 2]],
    kept: 3,
    aside: 1,
    shown: false,
  });
  expect(sentence(lossLines(house.shown as Loss))).toContain('lost     2 entries: 1 to 2 (recorded after 2026-03-02');

  const { logs } = await house.recovered(copies, true);
  expect(logs).toMatchObject([
    { log: 'registry', size: 4, signed: 4 },
    { log: 'custody/0', size: PARCELS, signed: PARCELS, written: 3 },
    { log: 'custody/1', size: 0, signed: 0, written: 0 },
  ]);
  expect(await house.allEntries()).toEqual(
    house.before.filter((_, at) => at !== 1 && at !== 2).map((row) => [row.log, Number(row.index), row.token]),
  );
  // What fits nowhere may be evidence.
  expect(await house.sql('SELECT index FROM remnants')).toEqual([{ index: '1' }]);
  // A second time changes nothing.
  expect((await house.recovered([])).logs.map(({ log, written }) => [log, written])).toEqual([
    ['registry', 0],
    ['custody/1', 0],
  ]);

  await house.ledger.start();
  const [parcel, , lostParcel, , untouched] = house.parcels;
  if (parcel === undefined || lostParcel === undefined || untouched === undefined) throw new Error('no parcels');
  const released = await release(house.post.party, parcel.sub, tidOf(parcel.registered));
  await house.record(released, parcel.sub);
  expect(await house.ledger.status(released)).toMatchObject({ log: NEW, index: 0 });
  // Somebody still has a token that was lost: it is recorded anew, and once.
  await house.record(lostParcel.registered, lostParcel.sub);
  expect(await house.ledger.status(lostParcel.registered)).toMatchObject({ log: NEW, index: 1 });
  expect(await house.ledger.status(untouched.registered)).toMatchObject({ log: OLD, index: 4 });
  const chain = await house.ledger.chain(parcel.sub);
  expect(chain.tokens.map(({ log, index }) => [log, index])).toEqual([
    [OLD, 0],
    [NEW, 0],
  ]);
  expect(chain.state).toMatchObject({ status: 'offered', gaps: [] });

  const receipt = await (await house.ledger.get(`tokens/${tidOf(released)}/receipt`)).text();
  const checkpoint = parseCheckpoint(parseTlogProof(receipt).checkpoint.text);
  const [line = ''] = checkpoint.extensions;
  expect(line).toMatch(/^succeeds unbroken-development\/custody\/0 5 /);
  expect((await house.ledger.get(`tokens/${tidOf(parcel.registered)}/receipt`)).status).toBe(410);
  expect((await house.ledger.getLog('custody-1/checkpoint')).status).toBe(200);
  expect(await (await house.ledger.getLog('custody/checkpoint')).text()).toContain(OLD);

  const trust = (await (await house.ledger.get('trust')).json()) as TrustAnswer;
  expect(trust.logs.map(({ origin }) => origin)).toEqual(['unbroken-development/registry', OLD, NEW]);
  const bundle = await house.evidenceOf(parcel.sub);
  expect(bundle.tokens.map(isUnproven)).toEqual([true, false]);
  // Who kept the policy of before follows by the word of the key that it names.
  for (const policy of [house.trustBefore, trust]) {
    const report = await house.checked(bundle, policy);
    expect(report.failed).toEqual([]);
    expect(report.chain.state).toMatchObject({ status: 'offered' });
    expect(sentence(report.held)).toContain(`${OLD} ended with 5 entries and ${NEW} goes on`);
    expect(sentence(report.unknown)).toContain(`Where and when 1 of the statements stood in ${OLD}`);
    expect(sentence(report.unknown)).toContain(`2 of its 5 entries were lost by 2026-03-02 (“${REASON}”`);
  }

  const report = await house.audited();
  expect(report).toMatchObject({
    result: 'clean',
    faults: [],
    logs: [{ log: 'registry' }, { log: 'custody/1', size: 2 }],
    ended: [{ log: 'custody/0', signed: PARCELS, lost: 2, said: expect.stringContaining('lost: 1 to 2') as string }],
  });
  // What is wrong with tokens that are in no log is said of the log that is written.
  await house.sql(
    `INSERT INTO refused (hash, tid, sub, code, bytes, refused_at) VALUES (sha256($3), $1, $2, 'token.signature', $3, now())`,
    [tidOf(untouched.registered), untouched.sub, Buffer.from(untouched.registered)],
  );
  expect((await house.audited()).faults).toMatchObject([{ code: 'refused.false', log: 'custody/1' }]);
  // Made again, a view hears the one log after the other.
  await house.ledger.stop();
  const heard: (string | undefined)[] = [];
  for await (const messages of recordedLog(house.ledger.settings))
    heard.push(...messages.map(({ headers }) => `${headers['log-origin'] ?? ''} ${headers['log-index'] ?? ''}`));
  expect(heard).toEqual([`${OLD} 0`, `${OLD} 3`, `${OLD} 4`, `${NEW} 0`, `${NEW} 1`]);
}, 120_000);

it('what was found of the old log: changed, and named; all of it, and whole again; the database lost once more', async () => {
  const copies = await house.lost();
  await house.recovered(copies, true);
  await house.ledger.start();
  const [parcel, , lostParcel] = house.parcels;
  if (parcel === undefined || lostParcel === undefined) throw new Error('no parcels');
  await house.record(await release(house.post.party, parcel.sub, tidOf(parcel.registered)), parcel.sub);
  await house.record(lostParcel.registered, lostParcel.sub);
  await house.ledger.hear('custody.recorded.v1', PARCELS + 2);
  await waitFor(async () => (await house.keys.outside('custody/1').last()) !== undefined, { what: 'a checkpoint' });
  await house.ledger.stop();
  const after = await house.allEntries();

  // No root leads to what is left, and it is found out all the same.
  await house.sql(
    `UPDATE entries SET recorded_at = recorded_at + interval '1 s' WHERE log = 'custody/0' AND index = 3`,
  );
  expect(await house.audited()).toMatchObject({
    result: 'tampered',
    faults: [{ code: 'log.rewritten', log: 'custody/0', should: expect.stringContaining('the 3 with') as string }],
  });
  await house.sql(
    `UPDATE entries SET recorded_at = recorded_at - interval '1 s' WHERE log = 'custody/0' AND index = 3`,
  );
  expect((await house.audited([await copyOf(house.before)])).ended[0]?.said).toContain('Parties hold 2 of them');

  // A ledger that is given an empty database, or one of before the end, writes nothing.
  await house.emptied();
  await house.ledger.start();
  const refused = async () =>
    JSON.stringify(await (await house.ledger.getRoot('readyz')).json()).includes('custody/1 goes on');
  await waitFor(refused, { what: 'the refusal' });
  await house.ledger.stop();
  const again = await house.recovered(copies);
  expect(again.notices).toEqual([]);
  expect(await house.allEntries()).toEqual(after);

  // All of it is brought after all: it is whole, but for what is in the new log by now, and its receipts are there again.
  await house.recovered([await copyOf(house.before)]);
  const whole = house.before.filter((_, at) => at !== 2).map((row) => [row.log, Number(row.index), row.token]);
  expect(await house.allEntries()).toEqual([...whole, ...after.filter(([log]) => log === 'custody/1')]);
  expect(await house.audited()).toMatchObject({ result: 'clean', ended: [{ lost: 1 }] });
  await house.ledger.start();
  const receipt = await house.ledger.get(`tokens/${tidOf(parcel.registered)}/receipt`);
  expect(receipt.status).toBe(200);
  const trust = (await (await house.ledger.get('trust')).json()) as TrustAnswer;
  const report = await house.checked(await house.evidenceOf(parcel.sub), trust);
  expect(report.failed).toEqual([]);
  expect(sentence(report.unknown)).not.toContain('Where and when');
}, 120_000);

it('rows lost and tiles not → receipts of what is left go on; what was published and never signed begins the new log', async () => {
  await forgotten(house.ledger.settings, 'custody.recorded.v1');
  const folder = house.keys.outside('custody/0').folder;
  const [name = ''] = await readdir(folder);
  const note = await readFile(join(folder, name), 'utf8');
  await house.ledger.start();
  const last = await register(house.post.party);
  await house.record(last.registered, last.sub);
  await house.ledger.hear('custody.recorded.v1', PARCELS + 1);
  await house.ledger.stop();
  // As it would be had the machine gone before the last checkpoint: the topic knows of the entry, and no signature.
  for (const newer of await readdir(folder)) await rm(join(folder, newer));
  await writeFile(join(folder, name), note);
  await house.sql(`DELETE FROM checkpoints WHERE log = 'custody/0'`);
  await house.sql(`DELETE FROM entries WHERE log = 'custody/0' AND index = 1`);
  await forgotten(house.ledger.settings, 'custody.tokens.v1');
  const { logs } = await house.recovered([], true);
  expect(house.shown).toMatchObject({
    signed: PARCELS,
    lost: [[1, 1]],
    kept: PARCELS - 1,
    moved: 1,
    aside: 0,
    shown: true,
  });
  expect(logs[2]).toEqual({ log: 'custody/1', size: 1, signed: 0, written: 1 });
  await house.ledger.start();
  expect(await house.ledger.until(last.registered, 'recorded')).toMatchObject({ log: NEW, index: 0 });
  const [first] = house.parcels;
  if (first === undefined) throw new Error('no parcels');
  expect((await house.ledger.get(`tokens/${tidOf(first.registered)}/receipt`)).status).toBe(200);
  for (const { sub } of [first, last])
    expect((await house.checked(await house.evidenceOf(sub), house.trustBefore)).failed).toEqual([]);
  await house.ledger.stop();
  expect(await house.audited()).toMatchObject({ result: 'clean', ended: [{ lost: 1 }] });
}, 120_000);

it('nothing lost, or the registry log lost, or no reason → no log is ended, and it is said why', async () => {
  await expect(house.recovered([], true)).rejects.toMatchObject({ code: 'recover.whole' });
  const nobody = { reason: 'one\nline', confirm: () => Promise.resolve(true) };
  const options = { copies: [], clock: house.ledger.clock, successor: nobody };
  await expect(recover(house.ledger.settings, options, () => undefined)).rejects.toMatchObject({
    code: 'recover.reason',
  });
  const copies = await house.lost();
  const keptNote = (await house.keys.outside('registry').last())?.note ?? '';
  const key = await house.keys.of('registry');
  const lines = parseCheckpoint(parseNote(keptNote).text);
  const more = formatCheckpoint({ origin: lines.origin, size: lines.size + 1, root: lines.root });
  await house.keys
    .outside('registry')
    .keep(lines.size + 1, formatNote({ text: more, signatures: [await signNote(more, key)] }));
  await expect(house.recovered(copies, true)).rejects.toMatchObject({
    code: 'recover.registry',
    message: expect.stringContaining('cannot have a successor') as string,
  });
  expect(await house.keys.successions.all()).toEqual([]);
  expect(await house.allEntries()).toEqual([]);
}, 60_000);

it('a ledger that ran when the log was ended → does not write to it, and says that it is to be started again', async () => {
  const copies = await house.lost();
  await house.ledger.start();
  await house.recovered(copies, true);
  const told = async () =>
    JSON.stringify(await (await house.ledger.getRoot('readyz')).json()).includes('start this ledger again');
  await waitFor(told, { what: 'the ledger to say so' });
  expect(await house.ledger.entries('custody/0')).toHaveLength(3);
  expect(parseTlogProof(house.receiptBefore).index).toBe(4);
}, 60_000);
