import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseMapping } from '../mapping/read-mapping.js';
import { reads } from './reads.js';
import { faultLine } from './scan.js';
import type { Fault, Scan } from './scan.js';

const NOW = Date.parse('2026-11-20T08:00:00Z') / 1000;
const HEADER = 'Number;At;Place;Code;Why';

let folder: string;
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'unbroken-csv-'))));
afterAll(() => rm(folder, { recursive: true }));

const mapping = (source: object = {}, codes: object = {}) =>
  parseMapping(
    JSON.stringify({
      format: 'unbroken-gateway-mapping/1',
      source: {
        kind: 'csv',
        delimiter: ';',
        parcel: [{ column: 'Number', scheme: 's10' }],
        time: { columns: ['At'], format: 'iso', zone: 'UTC' },
        place: { column: 'Place', sites: { '2650': 'danish-post/hvidovre' } },
        code: { column: 'Code' },
        ...source,
      },
      codes: {
        D: { what: 'delivered' },
        T: { evt: 'attempted', claims: { why: { column: 'Why', values: { '1': 'nobody-home' } } } },
        Z: 'skip',
        ...codes,
      },
    }),
  );

async function read(text: string | Buffer, with_ = mapping()) {
  const path = join(folder, 'scans.csv');
  await writeFile(path, text);
  const scans: Scan[] = [];
  const faults: Fault[] = [];
  let skipped = 0;
  for await (const one of reads(path, with_, () => NOW)) {
    if (one.kind === 'scan') scans.push(one.scan);
    else if (one.kind === 'fault') faults.push(one.fault);
    else skipped += 1;
  }
  return { scans, faults: faults.map(faultLine), skipped };
}

const good = 'RR473124829DK;2026-11-19T11:05:41;2650;D;';
const hashOf = (line: string | Buffer) => createHash('sha256').update(line).digest('base64url');

it('a line → what is signed, the true time, the site, and the hash of its bytes', async () => {
  const { scans, faults } = await read(`\uFEFF${HEADER}\r\n${good}\r\n`);
  expect(faults).toEqual([]);
  expect(scans).toEqual([
    {
      scheme: 's10',
      number: 'RR473124829DK',
      evt: 'imported',
      claims: { what: 'delivered' },
      when: Date.parse('2026-11-19T11:05:41Z') / 1000,
      at: 'danish-post/hvidovre',
      src: hashOf(good),
      from: { file: 'scans.csv', unit: 'line', no: 2 },
    },
  ]);
});

it('a claim out of a table; a code that is passed over', async () => {
  const { scans, skipped } = await read(`${HEADER}\nRR473124829DK;2026-11-19T11:05:41;2650;T;1\nx;y;z;Z;`);
  expect(scans[0]).toMatchObject({ evt: 'attempted', claims: { why: 'nobody-home' } });
  expect(skipped).toBe(1);
});

it('bad lines among good ones → each named by line, column, what and cure; the good ones are read', async () => {
  const bad = [
    'RR473124839DK;2026-11-19T11:05:41;2650;D;',
    ';2026-11-19T11:05:41;2650;D;',
    'RR473124829DK;19.11.2026;2650;D;',
    'RR473124829DK;2026-11-21T11:05:41;2650;D;',
    'RR473124829DK;2026-11-19T11:05:41;9999;D;',
    'RR473124829DK;2026-11-19T11:05:41;2650;Q;',
    'RR473124829DK;2026-11-19T11:05:41;2650;T;7',
    'RR473124829DK;2026-11-19T11:05:41;2650',
    'RR473124829DK;"2026-11-19T11:05:41;2650;D;',
    'RR473124829DK;20"26-11-19T11:05:41;2650;D;',
  ];
  const { scans, faults } = await read([HEADER, good, ...bad, '', good].join('\n'));
  expect(scans.map(({ from }) => from.no)).toEqual([2, 14]);
  expect(faults).toEqual([
    expect.stringMatching(/^scans\.csv:3, column "Number": "RR473124839DK" has check digit 9, where .* Compare it/),
    expect.stringMatching(/^scans\.csv:4, column "Number": It names no parcel\. Correct/),
    expect.stringMatching(/^scans\.csv:5, column "At": "19\.11\.2026" is no time in the form iso\. Correct/),
    expect.stringMatching(/^scans\.csv:6, column "At": .* has not come yet\. Correct/),
    expect.stringMatching(/^scans\.csv:7, column "Place": The place "9999" is not in the mapping\. Add it/),
    expect.stringMatching(/^scans\.csv:8, column "Code": The code "Q" is not in the mapping\. Add it/),
    expect.stringMatching(/^scans\.csv:9, column "Why": "7" is nothing that "why" of attempted can be\. Add it/),
    expect.stringMatching(/^scans\.csv:10: It has 3 fields, and the header 5\. Correct/),
    expect.stringMatching(/^scans\.csv:11: Its quotes do not end where a field ends\. Correct/),
    expect.stringMatching(/^scans\.csv:12: Its quotes do not end where a field ends\. Correct/),
  ]);
});

it('quotes around fields, and a field over two lines → the first read, both halves of the second named', async () => {
  const quoted = `"RR473124829DK";"2026-11-19T11:05:41";2650;D;"a;b"`;
  const { scans, faults } = await read(
    `${HEADER}\n${quoted}\nRR473124829DK;2026-11-19T11:05:41;2650;D;"a\nb"\n${good}`,
  );
  expect(scans.map(({ src }) => src)).toEqual([hashOf(quoted), hashOf(good)]);
  expect(faults.map((line) => line.slice(0, 11))).toEqual(['scans.csv:3', 'scans.csv:4']);
});

it('quotes that are letters, no header, columns by their places', async () => {
  const { scans } = await read(
    'D|RR473124829DK|2026-11-19T11:05:41|"x',
    mapping(
      {
        delimiter: '|',
        quote: null,
        header: false,
        parcel: [{ column: 2, scheme: 's10' }],
        time: { columns: [3], format: 'iso', zone: 'UTC' },
        place: undefined,
        code: { column: 1 },
      },
      { T: 'skip' },
    ),
  );
  expect(scans).toHaveLength(1);
  expect(scans[0]).not.toHaveProperty('at');
});

it('another encoding than said → the line is named; said rightly → read, its bytes hashed as they are', async () => {
  const line = Buffer.concat([
    Buffer.from('RR473124829DK;2026-11-19T11:05:41;K'),
    Buffer.from([0xf8]),
    Buffer.from(';D;'),
  ]);
  const file = Buffer.concat([Buffer.from(`${HEADER}\n`), line]);
  expect((await read(file)).faults).toEqual([expect.stringContaining('scans.csv:2: It is not utf-8. Set "encoding"')]);
  const place = { column: 'Place', sites: { Kø: 'danish-post/koege' } };
  const { scans } = await read(file, mapping({ encoding: 'windows-1252', place }));
  expect(scans[0]).toMatchObject({ at: 'danish-post/koege', src: hashOf(line) });
});

it.each([
  ['of a megabyte', 1_000_000],
  ['that ends with what is read at once', 256 * 1024 - HEADER.length - 1],
])('a line %s → named, and what follows is read', async (_, length) => {
  const { scans, faults } = await read(`${HEADER}\n${'x'.repeat(length)}\n${good}`);
  expect(faults).toEqual([expect.stringMatching(/^scans\.csv:2: It is longer than 65536 bytes/)]);
  expect(scans.map(({ from }) => from.no)).toEqual([3]);
});

it.each([
  [
    'without a column that is mapped',
    'Number;At;Code;Why\n',
    /scans\.csv has no column "Place"\. Its first line names "Number"/,
  ],
  ['with one twice', `${HEADER};At\n`, /has the column "At" twice/],
  ['that is empty', '', /Its first line names nothing/],
])('a file %s → refused as a whole', async (_, text, said) => {
  await expect(read(text)).rejects.toMatchObject({
    name: 'FileRefused',
    message: expect.stringMatching(said) as string,
  });
});

it('more lines than are parsed at once, one bad among them → only that one', async () => {
  const lines = Array.from({ length: 1_700 }, (_, at) => `RR473124829DK;2026-11-19T11:05:41;2650;D;${at}`);
  lines[1_234] = 'RR473124829DK;"2026;2650;D;';
  const { scans, faults } = await read([HEADER, ...lines].join('\n'));
  expect(scans).toHaveLength(1_699);
  expect(faults).toEqual([expect.stringMatching(/^scans\.csv:1236:/)]);
});
