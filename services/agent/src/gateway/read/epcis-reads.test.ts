import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseMapping } from '../mapping/read-mapping.js';
import { reads } from './reads.js';
import { faultLine } from './scan.js';
import type { Scan } from './scan.js';

const NOW = Date.parse('2026-11-20T08:00:00Z') / 1000;
const SSCC = 'urn:epc:id:sscc:4012345.3000000000';

let folder: string;
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'unbroken-epcis-'))));
afterAll(() => rm(folder, { recursive: true }));

const mapping = (source: object = {}) =>
  parseMapping(
    JSON.stringify({
      format: 'unbroken-gateway-mapping/1',
      source: { kind: 'epcis', code: 'bizStep', ...source },
      codes: {
        receiving: { what: 'delivered' },
        'receiving/in_progress': { what: 'in-hall' },
        in_transit: { what: 'moving' },
        packing: 'skip',
      },
    }),
  );

const event = (more: object = {}) => ({
  type: 'ObjectEvent',
  eventTime: '2026-11-19T11:05:41.000+01:00',
  eventTimeZoneOffset: '+01:00',
  epcList: [SSCC],
  action: 'OBSERVE',
  bizStep: 'receiving',
  ...more,
});

const document = (events: readonly unknown[]) => ({
  '@context': ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'],
  type: 'EPCISDocument',
  schemaVersion: '2.0',
  creationDate: '2026-11-19T12:00:00Z',
  epcisBody: { eventList: events },
});

async function read(content: unknown, with_ = mapping()) {
  const path = join(folder, 'events.json');
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  const scans: Scan[] = [];
  const faults: string[] = [];
  let skipped = 0;
  for await (const one of reads(path, with_, () => NOW)) {
    if (one.kind === 'scan') scans.push(one.scan);
    else if (one.kind === 'fault') faults.push(faultLine(one.fault));
    else skipped += 1;
  }
  return { scans, faults, skipped };
}

it.each<[string, unknown]>([
  ['a document', document([event()])],
  [
    'the answer of a query',
    { type: 'EPCISQueryDocument', epcisBody: { queryResults: { resultsBody: { eventList: [event()] } } } },
  ],
  ['a bare list', [event()]],
])('%s → its events', async (_, content) => {
  const { scans, faults } = await read(content);
  expect(faults).toEqual([]);
  expect(scans).toMatchObject([
    {
      scheme: 'sscc',
      number: '340123450000000000',
      evt: 'imported',
      claims: { what: 'delivered' },
      when: Date.parse('2026-11-19T10:05:41Z') / 1000,
      from: { file: 'events.json', unit: 'event', no: 1 },
    },
  ]);
});

it('src → the event by RFC 8785, whatever the order of its members, its spacing and the document around it', async () => {
  const canonical =
    '{"action":"OBSERVE","bizStep":"receiving","epcList":["urn:epc:id:sscc:4012345.3000000000"],' +
    '"eventTime":"2026-11-19T11:05:41.000+01:00","eventTimeZoneOffset":"+01:00","ext:weight":1.5,"type":"ObjectEvent"}';
  const one = await read(document([event({ 'ext:weight': 1.5 })]));
  const other = await read(JSON.stringify([{ 'ext:weight': 15e-1, ...event() }], null, 4));
  expect(one.scans[0]?.src).toBe(createHash('sha256').update(canonical).digest('base64url'));
  expect(other.scans[0]?.src).toBe(one.scans[0]?.src);
});

it.each([
  ['the bare word', 'receiving'],
  ['the URN of EPCIS 1', 'urn:epcglobal:cbv:bizstep:receiving'],
  ['a compact one', 'cbv:BizStep-receiving'],
  ['the address', 'https://ref.gs1.org/cbv/BizStep-receiving'],
])('a business step as %s → the same code', async (_, bizStep) =>
  expect((await read([event({ bizStep })])).scans).toHaveLength(1),
);

it('disposition, or both → the code', async () => {
  const both = event({ disposition: 'urn:epcglobal:cbv:disp:in_progress' });
  expect((await read([both], mapping({ code: 'bizStep/disposition' }))).scans[0]?.claims).toEqual({ what: 'in-hall' });
  const moving = event({ disposition: 'in_transit', bizStep: undefined });
  expect((await read([moving], mapping({ code: 'disposition' }))).scans[0]?.claims).toEqual({ what: 'moving' });
});

it('many parcels in one event, in both spellings, goods among them → a scan each, of one source', async () => {
  const epcList = [
    SSCC,
    'urn:epc:id:sgtin:4012345.011122.25',
    'https://id.gs1.org/00/157123452345678900',
    'https://id.gs1.org/00/157123452345678901',
  ];
  const { scans, faults } = await read([event({ epcList })]);
  expect(scans.map(({ number }) => number)).toEqual(['340123450000000000', '157123452345678900']);
  expect(new Set(scans.map(({ src }) => src)).size).toBe(1);
  expect(faults).toEqual([expect.stringMatching(/^events\.json, event 1, \/epcList\/3: .* has check digit 1/)]);
});

it('a place that is mapped → the site; another → named, unless it may be left out', async () => {
  const place = { member: 'bizLocation', sites: { 'urn:epc:id:sgln:5712345.00001.0': 'danish-post/hvidovre' } };
  const there = event({ bizLocation: { id: 'urn:epc:id:sgln:5712345.00001.0' } });
  expect((await read([there], mapping({ place }))).scans[0]?.at).toBe('danish-post/hvidovre');
  expect((await read([event()], mapping({ place }))).faults).toEqual([
    expect.stringContaining('/bizLocation/id: The place ""'),
  ]);
  expect((await read([event()], mapping({ place: { ...place, others: 'leave-out' } }))).scans).toHaveLength(1);
});

it('bad events among good ones → each named; the good ones are read', async () => {
  const { scans, faults } = await read(
    document([
      event(),
      { ...event(), type: 'AggregationEvent' },
      event({ eventTime: '2026-11-19T11:05:41' }),
      event({ eventTime: '2026-12-24T11:05:41Z' }),
      event({ eventTime: 7 }),
      event({ bizStep: 'shipping' }),
      event({ epcList: [] }),
      event({ errorDeclaration: { declarationTime: '2026-11-19T12:00:00Z' } }),
      17,
      event({ bizStep: 'packing' }),
      event(),
    ]),
  );
  expect(scans.map(({ from }) => from.no)).toEqual([1, 11]);
  expect(faults).toEqual([
    expect.stringContaining('event 2, /type: It is of type AggregationEvent'),
    expect.stringContaining('event 3, /eventTime: "2026-11-19T11:05:41" does not say the offset'),
    expect.stringContaining('event 4, /eventTime: "2026-12-24T11:05:41Z" has not come yet'),
    expect.stringContaining('event 5, /eventTime: Its member eventTime is missing or not of its form'),
    expect.stringContaining('event 6, /bizStep: The code "shipping" is not in the mapping'),
    expect.stringContaining('event 7, /epcList: It names no parcel'),
    expect.stringContaining('event 8, /errorDeclaration: Its own source declares it an error'),
    expect.stringContaining('event 9, /type: It is no event'),
  ]);
  expect(
    (await read([{ ...event(), type: 'AggregationEvent' }, event()], mapping({ otherEvents: 'skip' }))).skipped,
  ).toBe(1);
});

it('a file that breaks off → what came before is read, the rest is named', async () => {
  const whole = JSON.stringify(document([event(), event({ bizStep: 'packing' }), event()]));
  const { scans, skipped, faults } = await read(whole.slice(0, -40));
  expect([scans.length, skipped]).toEqual([1, 1]);
  expect(faults).toEqual([expect.stringMatching(/^events\.json, event 3: From here on the file is not JSON/)]);
});

it.each<[string, string]>([
  ['XML', '<epcis:EPCISDocument/>'],
  ['nothing', ''],
  ['no events', '{"type":"EPCISDocument","epcisBody":{"eventList":[]}}'],
])('%s → refused as a whole', async (_, text) => {
  await expect(read(text)).rejects.toMatchObject({ name: 'FileRefused' });
});
