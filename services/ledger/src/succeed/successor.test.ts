// A log that has lost what it signed, ended by a person, and the one that goes on: what of it holds, what is said to be
// lost, and that nobody can bend either.

import { readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isUnproven, verifyEvidence } from '@unbroken/evidence';
import type { Check, EvidenceBundle } from '@unbroken/evidence';
import type { TrustAnswer } from '@unbroken/contracts';
import { waitFor } from '@unbroken/testing';
import { formatCheckpoint, formatNote, parseCheckpoint, parseNote, parseTlogProof, signNote } from '@unbroken/tlog';
import { auditUnder } from '../audit/open-audit.js';
import { LedgerHouse } from '../fixture/ledger-house.js';
import { register, release, tidOf } from '../fixture/signers.js';
import type { Settled } from '../fixture/signers.js';
import { copyOf, forgotten } from '../fixture/sources.js';
import type { EntryRow } from '../publish/entry-message.js';
import { recordedLog } from '../publish/recorded-log.js';
import { recover } from '../recover/recover.js';
import { LogKeys } from '../sign/log-keys.js';
import { lossLines } from './loss.js';
import type { Loss } from './loss.js';

const PARCELS = 5;
const EVERYTHING = 'entries, logs, tiles, checkpoints, publications, malformed_tokens, parked, refused, outbox';
const OLD = 'unbroken-development/custody/0';
const NEW = 'unbroken-development/custody/1';
const REASON = 'fire in the machine room';

let house: LedgerHouse;
let post: Settled;
/** By the index of its `registered` in the old log. */
let parcels: Awaited<ReturnType<typeof register>>[];
let before: EntryRow[];
let trustBefore: TrustAnswer;
/** Made before the loss. */
let receiptBefore: string;

const sql = (statement: string, values: unknown[] = []) => house.dataSource.query(statement, values);
const keys = () => new LogKeys(house.settings.UNBROKEN_STATE_DIR, house.settings.UNBROKEN_DEPLOYMENT);
const audited = (copies: readonly string[] = [], bundles: readonly string[] = []) =>
  auditUnder(house.settings, { copies, bundles }, house.clock);
const now = () => Math.floor(house.clock.now() / 1000);

let shown: Loss | undefined;
const recovered = (copies: readonly string[], yes?: boolean) => {
  const confirm = (loss: Loss) => {
    shown = loss;
    return Promise.resolve(yes === true);
  };
  const successor = yes === undefined ? {} : { successor: { reason: REASON, confirm } };
  return recover(house.settings, { copies, clock: house.clock, ...successor }, () => undefined);
};

async function record(token: string, sub: string): Promise<void> {
  await house.hand('custody.tokens.v1', [token], { key: sub });
  await house.until(token, 'recorded');
}

const evidenceOf = async (sub: string): Promise<EvidenceBundle> =>
  (await (await house.get(`chains/${sub}/evidence`)).json()) as EvidenceBundle;

async function checked(bundle: EvidenceBundle, trust: TrustAnswer) {
  const report = await verifyEvidence(bundle, trust, now());
  const said = (wanted: Check['result']) =>
    report.checks.filter(({ result }) => result === wanted).map(({ name, said }) => `${name}: ${said}`);
  return { ...report, failed: said('fails'), held: said('holds'), unknown: said('unknown') };
}

/** All custody entries in order: index, and the token. */
const allEntries = async () =>
  (await house.dataSource.query<EntryRow[]>(`SELECT * FROM entries WHERE log <> 'registry' ORDER BY log, index`)).map(
    ({ log, index, token }) => [log, Number(index), token],
  );

beforeEach(async () => {
  shown = undefined;
  house = await LedgerHouse.build();
  await house.start();
  post = await house.settled('danish-post');
  parcels = [];
  for (let parcel = 0; parcel < PARCELS; parcel += 1) {
    const one = await register(post.party);
    parcels.push(one);
    await record(one.registered, one.sub);
  }
  await house.hear('custody.recorded.v1', PARCELS);
  trustBefore = (await (await house.get('trust')).json()) as TrustAnswer;
  receiptBefore = await (await house.get(`tokens/${tidOf(parcels[4]?.registered ?? '')}/receipt`)).text();
  await house.stop();
  before = await house.entries('custody/0');
}, 120_000);

afterEach(() => house.tearDown(), 30_000);

/** The database gone, Kafka too; two parties hold entries 0, 3 and 4, and one a false one. */
async function lost(): Promise<string[]> {
  await sql(`TRUNCATE ${EVERYTHING}`);
  await forgotten(house.settings, 'custody.recorded.v1', 'custody.tokens.v1');
  const [first, second] = before;
  if (first === undefined || second === undefined) throw new Error('no entries');
  const forged = { ...second, token: `${(second.token ?? '').slice(0, -8)}AAAAAAAA` };
  return [await copyOf(before.filter((_, at) => at === 0 || at >= 3)), await copyOf([forged, first])];
}

const sentence = (lines: readonly string[]) => lines.join('\n');

it('entries lost for ever → a person ends the log, another goes on; chains, receipts, evidence and audit say so', async () => {
  const copies = await lost();
  const refused = { code: 'recover.lacking', cure: expect.stringContaining('recover --successor') as string };
  await expect(recovered(copies.slice(0, 1))).rejects.toMatchObject(refused);
  // Told what it would cost, and not wanted.
  await expect(recovered(copies, false)).rejects.toMatchObject({ code: 'recover.declined' });
  expect(await keys().successions.all()).toEqual([]);
  expect(shown).toMatchObject({
    origin: OLD,
    next: NEW,
    signed: PARCELS,
    lost: [[1, 2]],
    kept: 3,
    aside: 1,
    shown: false,
  });
  expect(sentence(lossLines(shown as Loss))).toContain('lost     2 entries: 1 to 2 (recorded after 2026-03-02');

  const { logs } = await recovered(copies, true);
  expect(logs).toMatchObject([
    { log: 'registry', size: 4, signed: 4 },
    { log: 'custody/0', size: PARCELS, signed: PARCELS, written: 3 },
    { log: 'custody/1', size: 0, signed: 0, written: 0 },
  ]);
  expect(await allEntries()).toEqual(
    before.filter((_, at) => at !== 1 && at !== 2).map((row) => [row.log, Number(row.index), row.token]),
  );
  // What fits nowhere may be evidence.
  expect(await sql('SELECT index FROM remnants')).toEqual([{ index: '1' }]);
  // A second time changes nothing.
  expect((await recovered([])).logs.map(({ log, written }) => [log, written])).toEqual([
    ['registry', 0],
    ['custody/1', 0],
  ]);

  await house.start();
  const [parcel, , lostParcel, , untouched] = parcels;
  if (parcel === undefined || lostParcel === undefined || untouched === undefined) throw new Error('no parcels');
  const released = await release(post.party, parcel.sub, tidOf(parcel.registered));
  await record(released, parcel.sub);
  expect(await house.status(released)).toMatchObject({ log: NEW, index: 0 });
  // Somebody still has a token that was lost: it is recorded anew, and once.
  await record(lostParcel.registered, lostParcel.sub);
  expect(await house.status(lostParcel.registered)).toMatchObject({ log: NEW, index: 1 });
  expect(await house.status(untouched.registered)).toMatchObject({ log: OLD, index: 4 });
  const chain = await house.chain(parcel.sub);
  expect(chain.tokens.map(({ log, index }) => [log, index])).toEqual([
    [OLD, 0],
    [NEW, 0],
  ]);
  expect(chain.state).toMatchObject({ status: 'offered', gaps: [] });

  const receipt = await (await house.get(`tokens/${tidOf(released)}/receipt`)).text();
  const checkpoint = parseCheckpoint(parseTlogProof(receipt).checkpoint.text);
  const [line = ''] = checkpoint.extensions;
  expect(line).toMatch(/^succeeds unbroken-development\/custody\/0 5 /);
  expect((await house.get(`tokens/${tidOf(parcel.registered)}/receipt`)).status).toBe(410);
  expect((await house.getLog('custody-1/checkpoint')).status).toBe(200);
  expect(await (await house.getLog('custody/checkpoint')).text()).toContain(OLD);

  const trust = (await (await house.get('trust')).json()) as TrustAnswer;
  expect(trust.logs.map(({ origin }) => origin)).toEqual(['unbroken-development/registry', OLD, NEW]);
  const bundle = await evidenceOf(parcel.sub);
  expect(bundle.tokens.map(isUnproven)).toEqual([true, false]);
  // Who kept the policy of before follows by the word of the key that it names.
  for (const policy of [trustBefore, trust]) {
    const report = await checked(bundle, policy);
    expect(report.failed).toEqual([]);
    expect(report.chain.state).toMatchObject({ status: 'offered' });
    expect(sentence(report.held)).toContain(`${OLD} ended with 5 entries and ${NEW} goes on`);
    expect(sentence(report.unknown)).toContain(`Where and when 1 of the statements stood in ${OLD}`);
    expect(sentence(report.unknown)).toContain(`2 of its 5 entries were lost by 2026-03-02 (“${REASON}”`);
  }

  const report = await audited();
  expect(report).toMatchObject({
    result: 'clean',
    faults: [],
    logs: [{ log: 'registry' }, { log: 'custody/1', size: 2 }],
    ended: [{ log: 'custody/0', signed: PARCELS, lost: 2, said: expect.stringContaining('lost: 1 to 2') as string }],
  });
  // What is wrong with tokens that are in no log is said of the log that is written.
  await sql(
    `INSERT INTO refused (hash, tid, sub, code, bytes, refused_at) VALUES (sha256($3), $1, $2, 'token.signature', $3, now())`,
    [tidOf(untouched.registered), untouched.sub, Buffer.from(untouched.registered)],
  );
  expect((await audited()).faults).toMatchObject([{ code: 'refused.false', log: 'custody/1' }]);
  // Made again, a view hears the one log after the other.
  await house.stop();
  const heard: (string | undefined)[] = [];
  for await (const messages of recordedLog(house.settings))
    heard.push(...messages.map(({ headers }) => `${headers['log-origin'] ?? ''} ${headers['log-index'] ?? ''}`));
  expect(heard).toEqual([`${OLD} 0`, `${OLD} 3`, `${OLD} 4`, `${NEW} 0`, `${NEW} 1`]);
}, 120_000);

it('what was found of the old log: changed, and named; all of it, and whole again; the database lost once more', async () => {
  const copies = await lost();
  await recovered(copies, true);
  await house.start();
  const [parcel, , lostParcel] = parcels;
  if (parcel === undefined || lostParcel === undefined) throw new Error('no parcels');
  await record(await release(post.party, parcel.sub, tidOf(parcel.registered)), parcel.sub);
  await record(lostParcel.registered, lostParcel.sub);
  await house.hear('custody.recorded.v1', PARCELS + 2);
  await waitFor(async () => (await keys().outside('custody/1').last()) !== undefined, { what: 'a checkpoint' });
  await house.stop();
  const after = await allEntries();

  // No root leads to what is left, and it is found out all the same.
  await sql(`UPDATE entries SET recorded_at = recorded_at + interval '1 s' WHERE log = 'custody/0' AND index = 3`);
  expect(await audited()).toMatchObject({
    result: 'tampered',
    faults: [{ code: 'log.rewritten', log: 'custody/0', should: expect.stringContaining('the 3 with') as string }],
  });
  await sql(`UPDATE entries SET recorded_at = recorded_at - interval '1 s' WHERE log = 'custody/0' AND index = 3`);
  expect((await audited([await copyOf(before)])).ended[0]?.said).toContain('Parties hold 2 of them');

  // A ledger that is given an empty database, or one of before the end, writes nothing.
  await sql(`TRUNCATE ${EVERYTHING}`);
  await house.start();
  const refused = async () =>
    JSON.stringify(await (await house.getRoot('readyz')).json()).includes('custody/1 goes on');
  await waitFor(refused, { what: 'the refusal' });
  await house.stop();
  const again = await recovered(copies);
  expect(again.notices).toEqual([]);
  expect(await allEntries()).toEqual(after);

  // All of it is brought after all: it is whole, but for what is in the new log by now, and its receipts are there again.
  await recovered([await copyOf(before)]);
  const whole = before.filter((_, at) => at !== 2).map((row) => [row.log, Number(row.index), row.token]);
  expect(await allEntries()).toEqual([...whole, ...after.filter(([log]) => log === 'custody/1')]);
  expect(await audited()).toMatchObject({ result: 'clean', ended: [{ lost: 1 }] });
  await house.start();
  const receipt = await house.get(`tokens/${tidOf(parcel.registered)}/receipt`);
  expect(receipt.status).toBe(200);
  const trust = (await (await house.get('trust')).json()) as TrustAnswer;
  const report = await checked(await evidenceOf(parcel.sub), trust);
  expect(report.failed).toEqual([]);
  expect(sentence(report.unknown)).not.toContain('Where and when');
}, 120_000);

it('rows lost and tiles not → receipts of what is left go on; what was published and never signed begins the new log', async () => {
  await forgotten(house.settings, 'custody.recorded.v1');
  const folder = keys().outside('custody/0').folder;
  const [name = ''] = await readdir(folder);
  const note = await readFile(join(folder, name), 'utf8');
  await house.start();
  const last = await register(post.party);
  await record(last.registered, last.sub);
  await house.hear('custody.recorded.v1', PARCELS + 1);
  await house.stop();
  // As it would be had the machine gone before the last checkpoint: the topic knows of the entry, and no signature.
  for (const newer of await readdir(folder)) await rm(join(folder, newer));
  await writeFile(join(folder, name), note);
  await sql(`DELETE FROM checkpoints WHERE log = 'custody/0'`);
  await sql(`DELETE FROM entries WHERE log = 'custody/0' AND index = 1`);
  await forgotten(house.settings, 'custody.tokens.v1');
  const { logs } = await recovered([], true);
  expect(shown).toMatchObject({ signed: PARCELS, lost: [[1, 1]], kept: PARCELS - 1, moved: 1, aside: 0, shown: true });
  expect(logs[2]).toEqual({ log: 'custody/1', size: 1, signed: 0, written: 1 });
  await house.start();
  expect(await house.until(last.registered, 'recorded')).toMatchObject({ log: NEW, index: 0 });
  const [first] = parcels;
  if (first === undefined) throw new Error('no parcels');
  expect((await house.get(`tokens/${tidOf(first.registered)}/receipt`)).status).toBe(200);
  for (const { sub } of [first, last]) expect((await checked(await evidenceOf(sub), trustBefore)).failed).toEqual([]);
  await house.stop();
  expect(await audited()).toMatchObject({ result: 'clean', ended: [{ lost: 1 }] });
}, 120_000);

it('nothing lost, or the registry log lost, or no reason → no log is ended, and it is said why', async () => {
  await expect(recovered([], true)).rejects.toMatchObject({ code: 'recover.whole' });
  const nobody = { reason: 'one\nline', confirm: () => Promise.resolve(true) };
  const options = { copies: [], clock: house.clock, successor: nobody };
  await expect(recover(house.settings, options, () => undefined)).rejects.toMatchObject({ code: 'recover.reason' });
  const copies = await lost();
  const keptNote = (await keys().outside('registry').last())?.note ?? '';
  const key = await keys().of('registry');
  const lines = parseCheckpoint(parseNote(keptNote).text);
  const more = formatCheckpoint({ origin: lines.origin, size: lines.size + 1, root: lines.root });
  await keys()
    .outside('registry')
    .keep(lines.size + 1, formatNote({ text: more, signatures: [await signNote(more, key)] }));
  await expect(recovered(copies, true)).rejects.toMatchObject({
    code: 'recover.registry',
    message: expect.stringContaining('cannot have a successor') as string,
  });
  expect(await keys().successions.all()).toEqual([]);
  expect(await allEntries()).toEqual([]);
}, 60_000);

it('a ledger that ran when the log was ended → does not write to it, and says that it is to be started again', async () => {
  const copies = await lost();
  await house.start();
  await recovered(copies, true);
  const told = async () =>
    JSON.stringify(await (await house.getRoot('readyz')).json()).includes('start this ledger again');
  await waitFor(told, { what: 'the ledger to say so' });
  expect(await house.entries('custody/0')).toHaveLength(3);
  expect(parseTlogProof(receiptBefore).index).toBe(4);
}, 60_000);
