// What a carrier's own systems say, through its gateway, in the running system: recorded once, whatever fails on the way, and
// alarming where a consignee is silent.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { jest } from '@jest/globals';
import { TestClock, waitFor } from '@unbroken/testing';
import { importFile } from '../../services/agent/src/gateway/import-command.js';
import { listedScans } from '../../services/agent/src/gateway/scans-command.js';
import { runningSystem } from '../running-system.js';
import type { RunningSystem } from '../running-system.js';
import { CARRIER, Carrier, claimsOf, s10 } from './carrier.js';

jest.setTimeout(90_000);

/** As it is built. */
const AGENT = fileURLToPath(new URL('../../services/agent/bin/unbroken-agent.js', import.meta.url));
const DAY_MS = 24 * 3600 * 1000;
const HEADER = 'Number,At,Code,To';
const NEEDS = {
  format: 'unbroken-gateway-mapping/1',
  source: {
    kind: 'csv',
    parcel: [{ column: 'Number', scheme: 's10' }],
    time: { columns: ['At'], format: 'iso', zone: 'UTC' },
    code: { column: 'Code' },
  },
  codes: {
    IN: { what: 'in-hall' },
    DLV: { what: 'delivered' },
    ACC: { evt: 'accepted', claims: { cond: 'ok' } },
    OUT: { evt: 'released', claims: { to: { chain: 'consignee' }, mode: 'meet' } },
  },
};

let system: RunningSystem;
let carrier: Carrier;
let folder: string;
let mapping: string;
const clock = new TestClock(Date.now());
/** Each test has numbers of its own. */
let serial = 10_000;

beforeAll(async () => {
  system = await runningSystem({ clock });
  carrier = await Carrier.settle(system.url);
  folder = await mkdtemp(join(tmpdir(), 'unbroken-scans-'));
  mapping = join(folder, 'mapping.json');
  await writeFile(mapping, JSON.stringify(NEEDS));
}, 120_000);

afterAll(async () => {
  await carrier.tearDown();
  await system.stop();
  await rm(folder, { recursive: true });
}, 60_000);

const nextNumber = (): string => s10(++serial);
/** In whole seconds, as tokens have it. */
const ago = (minutes: number): string => new Date(1000 * Math.floor(Date.now() / 1000 - minutes * 60)).toISOString();

async function file(...lines: string[]): Promise<string> {
  const path = join(folder, `scans-${++serial}.csv`);
  await writeFile(path, [HEADER, ...lines].join('\n'));
  return path;
}

const scanned = (number: string, code: string, minutes: number) => `${number},${ago(minutes)},${code},`;
const alertsOf = async (sub: string) => (await carrier.client.alerts({ sub, state: 'all' })).alerts;

it('the same file again, and one that overlaps → no second token', async () => {
  const [one, other] = [nextNumber(), nextNumber()];
  const [oneSub, otherSub] = [await carrier.registers({ s10: one }), await carrier.registers({ s10: other })];
  const [first, second, third] = [scanned(one, 'IN', 30), scanned(other, 'IN', 29), scanned(one, 'DLV', 10)];
  const path = await file(first, second);
  expect((await carrier.imports(path, mapping)).taken).toMatchObject({ scans: 2, fresh: 2, known: 0 });
  expect((await carrier.imports(path, mapping)).taken).toMatchObject({ scans: 2, fresh: 0, known: 2 });
  const overlapping = await carrier.imports(await file(second, third, first), mapping);
  expect(overlapping.taken).toMatchObject({ scans: 3, fresh: 1, known: 2 });
  expect(await carrier.said(oneSub)).toEqual(['in-hall', 'delivered']);
  expect(await carrier.said(otherSub)).toEqual(['in-hall']);
  const found = async () => (await carrier.client.chains({ q: one })).chains.map(({ sub }) => sub);
  expect(
    await waitFor(async () => ((await found()).length > 0 ? found() : undefined), { what: 'it by its number' }),
  ).toEqual([oneSub]);
});

it('scanned before it is registered → kept and named; registered → recorded, with the true time', async () => {
  const number = nextNumber();
  const at = ago(90);
  const early = await carrier.imports(await file(`${number},${at},DLV,`), mapping);
  expect(early.left.waiting).toBe(1);
  const record = await carrier.gateway.open();
  const named = [];
  for await (const scan of listedScans(record)) named.push(scan);
  await record.close();
  expect(named).toMatchObject([
    { state: 'waiting', scheme: 's10', number, when: at, from: expect.stringMatching(/:2$/) as string },
  ]);

  const sub = await carrier.registers({ s10: number });
  await carrier.agent.start();
  await waitFor(async () => (await carrier.said(sub)).length === 1, {
    what: 'the scan to be recorded',
    timeoutMs: 60_000,
  });
  await carrier.agent.stop();
  const { tokens } = await carrier.client.chain(sub);
  expect(claimsOf(tokens[1]?.token ?? '')).toMatchObject({
    what: 'delivered',
    when: Math.floor(Date.parse(at) / 1000),
  });
});

it('the hub is away, and then answers are lost → kept, sent again, recorded once', async () => {
  const number = nextNumber();
  const sub = await carrier.registers({ s10: number });
  carrier.door.away = true;
  const path = await file(scanned(number, 'IN', 3), scanned(number, 'DLV', 2));
  const away = await carrier.imports(path, mapping, 0);
  expect(away).toMatchObject({
    taken: { fresh: 2 },
    left: { taken: 2 },
    notYet: expect.stringContaining('Nobody answers') as string,
  });
  expect(await carrier.said(sub)).toEqual([]);
  carrier.door.away = false;
  carrier.door.deaf = 2;
  const back = await carrier.imports(path, mapping);
  expect(back).toMatchObject({ taken: { fresh: 0, known: 2 }, left: { taken: 0, outgoing: 0 } });
  expect(carrier.door.deaf).toBe(0);
  expect(await carrier.said(sub)).toEqual(['in-hall', 'delivered']);
});

it('the carrier’s own hand-offs, where the mapping says so → both halves in one file move the parcel, without a finding', async () => {
  const number = nextNumber();
  const sub = await carrier.registers({ s10: number });
  await carrier.hand(carrier.sender).release(sub, { to: CARRIER, mode: 'meet' });
  const path = await file(scanned(number, 'ACC', 3), scanned(number, 'IN', 2), scanned(number, 'OUT', 1));
  expect(await carrier.imports(path, mapping)).toMatchObject({ left: { outgoing: 0, taken: 0 } });
  await carrier.hand(carrier.consignee).accept(sub, { cond: 'ok' });
  const { state, tokens } = await carrier.client.chain(sub);
  expect(tokens.flatMap(({ findings }) => findings)).toEqual([]);
  expect(state).toMatchObject({ status: 'arrived', holder: carrier.consignee.id });
  expect(await carrier.said(sub)).toEqual(['accepted', 'in-hall', 'released']);
});

it('an attempt, and nobody has accepted → alarms as custody.not-holder; a dry run says so before, and what is meant', async () => {
  const number = nextNumber();
  const sub = await carrier.registers({ s10: number });
  const path = await file(scanned(number, 'TRY', 3));
  const own = join(folder, 'own.json');
  const codes = { TRY: { evt: 'attempted', claims: { why: 'nobody-home' } } };
  await writeFile(own, JSON.stringify({ ...NEEDS, codes }));
  const told: string[] = [];
  await importFile(carrier.gateway, path, { map: own, dryRun: true, tell: (line) => told.push(line) });
  expect(told).toEqual([
    expect.stringMatching(
      /^! own\.json: \/codes\/TRY is signed as attempted.*custody\.not-holder: give "what" instead\.$/,
    ),
    expect.stringContaining('/codes holds no {"what": "delivered"}'),
  ]);
  expect(await carrier.said(sub)).toEqual([]);

  await carrier.imports(path, own);
  const { tokens } = await carrier.client.chain(sub);
  expect(tokens.at(-1)?.findings).toEqual(['custody.not-holder']);

  await writeFile(own, JSON.stringify({ ...NEEDS, codes: { TRY: { what: 'delivery-attempted' } } }));
  await carrier.imports(await file(scanned(number, 'TRY', 2)), own);
  expect((await carrier.client.chain(sub)).tokens.at(-1)?.findings).toEqual([]);
});

it('a consignment’s number on two parcels → said of both, each once', async () => {
  const ginc = `4012345-C${++serial}`;
  const subs = [await carrier.registers({ ginc }), await carrier.registers({ ginc })];
  const map = join(folder, 'ginc.json');
  const source = { ...NEEDS.source, parcel: [{ column: 'Number', scheme: 'ginc' }] };
  await writeFile(map, JSON.stringify({ ...NEEDS, source }));
  await carrier.imports(await file(scanned(ginc, 'IN', 3)), map);
  for (const sub of subs) expect(await carrier.said(sub)).toEqual(['in-hall']);
});

it('an import while another is at work → waits, and says so', async () => {
  const number = nextNumber();
  const sub = await carrier.registers({ s10: number });
  const record = await carrier.gateway.open();
  const path = await file(scanned(number, 'IN', 3));
  await expect(carrier.imports(path, mapping, 0)).rejects.toMatchObject({ code: 'gateway.busy' });
  const importing = carrier.imports(path, mapping);
  await record.close();
  expect((await importing).taken.fresh).toBe(1);
  expect(await carrier.said(sub)).toEqual(['in-hall']);
});

it('looked at only → nothing is taken', async () => {
  const [there, unknown] = [nextNumber(), nextNumber()];
  const sub = await carrier.registers({ s10: there });
  await carrier.imports(await file(scanned(there, 'IN', 3)), mapping);
  const path = await file(scanned(there, 'DLV', 2), scanned(unknown, 'DLV', 1));
  const looked = await importFile(carrier.gateway, path, { map: mapping, dryRun: true, tell: () => undefined });
  expect(looked).toMatchObject({ taken: { fresh: 2 }, unknown: 1 });
  expect(await carrier.said(sub)).toEqual(['in-hall']);
  expect((await carrier.imports(path, mapping)).taken.fresh).toBe(2);
});

it('looked at only, parcels that were registered since → found at the hub, as the import will', async () => {
  const [first, second] = [nextNumber(), nextNumber()];
  for (const s10 of [first, second]) await carrier.registers({ s10 });
  const path = await file(scanned(first, 'IN', 3), scanned(second, 'IN', 2), scanned(nextNumber(), 'IN', 1));
  const looked = await importFile(carrier.gateway, path, { map: mapping, dryRun: true, tell: () => undefined });
  expect(looked).toMatchObject({ taken: { fresh: 3 }, unknown: 1 });
});

it('killed in the middle of its work, twice, and run again → every scan recorded, once', async () => {
  const numbers = Array.from({ length: 6 }, nextNumber);
  const subs = await Promise.all(numbers.map((number) => carrier.registers({ s10: number })));
  const lines = Array.from({ length: 1_800 }, (_, at) => scanned(numbers[at % 6] ?? '', 'IN', 2_000 - at));
  const path = await file(...lines);
  const recorded = async () => (await Promise.all(subs.map((sub) => carrier.said(sub)))).flat().length;
  for (const enough of [1, 1_000]) {
    const program = spawn(process.execPath, [AGENT, 'import', path, '--map', mapping], {
      env: carrier.environment,
      stdio: 'ignore',
    });
    const ended = once(program, 'exit');
    await waitFor(async () => (await recorded()) >= enough, { what: `${enough} scans recorded`, timeoutMs: 60_000 });
    program.kill('SIGKILL');
    await ended;
  }
  expect((await carrier.imports(path, mapping)).left).toMatchObject({ taken: 0, outgoing: 0, refused: 0 });
  const chains = await Promise.all(subs.map((sub) => carrier.client.chain(sub)));
  const sources = chains.flatMap(({ tokens }) => tokens.slice(1).map(({ token = '' }) => claimsOf(token)['src']));
  expect(sources).toHaveLength(lines.length);
  expect(new Set(sources).size).toBe(lines.length);
});

// Last, for it takes the clock of the hub a week on.
it('a file in the inbox says delivered, and nobody confirms → delivered.unconfirmed, told sender and consignee; who confirmed is left in peace', async () => {
  const feed = join(carrier.inbox, 'nightly');
  await mkdir(feed);
  await writeFile(join(feed, 'mapping.json'), JSON.stringify(NEEDS));
  const [silent, prompt] = [nextNumber(), nextNumber()];
  const [silentSub, promptSub] = [await carrier.registers({ s10: silent }), await carrier.registers({ s10: prompt })];
  await carrier.agent.start();
  const deliveredAt = ago(5);
  const lines = [HEADER, `${silent},${deliveredAt},DLV,`, `${prompt},${ago(4)},DLV,`, `${prompt},yesterday,DLV,`];
  await writeFile(join(feed, '.scans.csv'), lines.join('\n'));
  await rename(join(feed, '.scans.csv'), join(feed, 'scans.csv'));
  await waitFor(
    async () => (await carrier.said(silentSub)).length === 1 && (await carrier.said(promptSub)).length === 1,
    {
      what: 'both scans to be recorded',
      timeoutMs: 60_000,
    },
  );
  const done = () => readdir(join(feed, 'done'));
  await waitFor(async () => (await done()).includes('scans.csv'), { what: 'the file to be done' });
  expect(await done()).toEqual(['scans.csv', 'scans.csv.report.txt']);
  expect(await readFile(join(feed, 'done', 'scans.csv.report.txt'), 'utf8')).toMatch(
    /^scans\.csv:4, column "At": "yesterday" is no time in the form iso\. Correct the line.*\n$/,
  );
  await carrier.agent.stop();

  await carrier.hand(carrier.consignee).confirm(promptSub, { pieces: 1, unopened: true });
  expect(await alertsOf(silentSub)).toEqual([]);
  clock.advance(7 * DAY_MS);
  const raised = await waitFor(
    async () => (await alertsOf(silentSub)).find(({ code }) => code === 'delivered.unconfirmed'),
    {
      what: 'the alarm',
      timeoutMs: 30_000,
    },
  );
  expect([...raised.parties].sort()).toEqual([carrier.sender.id, carrier.consignee.id].sort());
  const { tokens } = await carrier.client.chain(silentSub);
  expect(raised.tid).toBe(tokens.at(-1)?.tid);
  expect(claimsOf(tokens.at(-1)?.token ?? '')['when']).toBe(Math.floor(Date.parse(deliveredAt) / 1000));
  expect((await alertsOf(promptSub)).map(({ code }) => code)).not.toContain('delivered.unconfirmed');
});
