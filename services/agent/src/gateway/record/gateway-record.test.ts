// What the gateway remembers, through endings of every kind; and what it makes of chains it hears of.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Hash } from '@unbroken/tokens';
import { sha256Hash } from '@unbroken/tokens';
import { chainsBearing } from '../chains/chains-bearing.js';
import type { Read, Scan } from '../read/scan.js';
import { take } from '../take.js';
import { GatewayRecord, keys } from './gateway-record.js';

const DAY_S = 24 * 3600;
const NOW = Date.parse('2026-11-20T08:00:00Z') / 1000;

let folder: string;
let record: GatewayRecord;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unbroken-gateway-'));
  record = await GatewayRecord.open(join(folder, 'gateway'));
});

afterEach(async () => {
  await record.close();
  await rm(folder, { recursive: true });
});

const reopened = async () => {
  await record.close();
  record = await GatewayRecord.open(join(folder, 'gateway'));
};

const srcOf = (line: number): Hash => sha256Hash(new TextEncoder().encode(`line ${line}`));

const scanOf = (line: number, more: Partial<Scan> = {}): Scan => ({
  scheme: 's10',
  number: 'RR473124829DK',
  evt: 'imported',
  claims: { what: 'in-hall' },
  when: NOW,
  src: srcOf(line),
  from: { file: 'scans.csv', unit: 'line', no: line },
  ...more,
});

async function* file(from: number, to: number, breaksAfter = Infinity): AsyncGenerator<Read> {
  for (let line = from; line <= to; line++) {
    if (line > breaksAfter) throw new Error('the process ends here');
    yield await Promise.resolve({ kind: 'scan', scan: scanOf(line) });
  }
}

const taking = (reads: AsyncGenerator<Read>) => take(reads, { record, told: () => undefined });

it('a file that ends in its middle, read again → the rest alone is new, in its order, none twice', async () => {
  await expect(taking(file(1, 2_000, 1_300))).rejects.toThrow('ends here');
  await reopened();
  expect(await record.counts()).toMatchObject({ taken: 1_000 });
  expect(await taking(file(1, 2_000))).toMatchObject({ scans: 2_000, fresh: 1_000, known: 1_000 });
  const taken = (await record.taken(5_000)).map(({ value }) => value.from.no);
  expect(taken).toEqual(Array.from({ length: 2_000 }, (_, at) => at + 1));
});

it('the same line twice in one file → one scan', async () => {
  async function* twice() {
    yield* file(1, 1);
    yield* file(1, 1);
  }
  expect(await taking(twice())).toMatchObject({ scans: 2, fresh: 1, known: 1 });
});

it('one event about two parcels → both, and each again known', async () => {
  async function* event(...numbers: string[]) {
    for (const number of numbers) yield await Promise.resolve({ kind: 'scan' as const, scan: scanOf(1, { number }) });
  }
  expect(await taking(event('RR473124829DK'))).toMatchObject({ fresh: 1 });
  expect(await taking(event('RR473124829DK', 'RR000000005DK'))).toMatchObject({ fresh: 1, known: 1 });
});

it('opened by two → the second is told that it is in use; closed → it opens', async () => {
  await expect(GatewayRecord.open(join(folder, 'gateway'))).rejects.toMatchObject({ code: 'gateway.busy' });
  await reopened();
});

it('numbers for what is queued → go on behind what is there', async () => {
  const first = record.nextTakenKey();
  await record.write([[first, scanOf(1)]]);
  await reopened();
  expect(record.nextTakenKey() > first).toBe(true);
});

describe('whose parcel a number was', () => {
  const number = 'RR473124829DK';
  const registered = (sub: string, days: number) =>
    record.write([[keys.numbered('s10', number, sub), NOW + days * DAY_S]]);
  const bearing = (scheme: 's10' | 'shipment' = 's10') => chainsBearing(record, { scheme, number, when: NOW });

  it.each([
    ['registered the day before', [['A', -1]], ['A']],
    ['registered after the scan', [['A', 3]], ['A']],
    ['registered long after', [['A', 40]], []],
    ['registered more than a year ago, for the number is used again', [['A', -400]], []],
    [
      'used again → the newer',
      [
        ['A', -400],
        ['B', -2],
      ],
      ['B'],
    ],
    [
      'twice within the year → both, the older first',
      [
        ['B', -2],
        ['A', -100],
      ],
      ['A', 'B'],
    ],
  ] as [string, [string, number][], string[]][])('%s → %j %j', async (_, chains, subs) => {
    for (const [sub, days] of chains) await registered(sub, days);
    expect(await bearing()).toEqual(subs);
  });

  it('another number that begins alike → not meant', async () => {
    await record.write([[keys.numbered('s10', `${number}1`, 'A'), NOW]]);
    expect(await bearing()).toEqual([]);
  });

  it('our own id → whenever it was', async () => {
    await record.write([[keys.numbered('shipment', number, number), NOW - 900 * DAY_S]]);
    expect(await bearing('shipment')).toEqual([number]);
  });
});
