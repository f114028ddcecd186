import { timeReader } from './scan-time.js';

const copenhagen = timeReader({ format: 'dd-MM-yyyy HH:mm:ss', zone: 'Europe/Copenhagen' });
const iso = timeReader({ format: 'iso', zone: 'Europe/Copenhagen' });
const at = (text: string) => ({ at: Date.parse(text) / 1000 });

it.each([
  ['in winter', '19-11-2026 11:05:41', '2026-11-19T10:05:41Z'],
  ['in summer', '19-07-2026 11:05:41', '2026-07-19T09:05:41Z'],
  ['just before the hour that is missing', '29-03-2026 01:59:59', '2026-03-29T00:59:59Z'],
  ['just after it', '29-03-2026 03:00:00', '2026-03-29T01:00:00Z'],
  ['in the hour that is there twice → the first', '25-10-2026 02:30:00', '2026-10-25T00:30:00Z'],
  ['after it', '25-10-2026 03:00:00', '2026-10-25T02:00:00Z'],
])('%s', (_, text, utc) => expect(copenhagen(text)).toEqual(at(utc)));

it('the hour that the clocks pass over → said', () =>
  expect(copenhagen('29-03-2026 02:30:00')).toEqual({ wrong: expect.stringContaining('pass over') as string }));

it.each(['2026-11-19 11:05:41', '31-02-2026 10:00:00', '19-11-2026 24:61:00', '', 'yesterday'])(
  '%j → no time',
  (text) => expect(copenhagen(text)).toEqual({ wrong: 'is no time in the form dd-MM-yyyy HH:mm:ss' }),
);

it.each([
  ['with an offset → that counts', '2026-11-19T11:05:41.900-05:00', '2026-11-19T16:05:41Z'],
  ['with Z', '2026-11-19T11:05:41Z', '2026-11-19T11:05:41Z'],
  ['without → the zone of the mapping', '2026-11-19T11:05:41', '2026-11-19T10:05:41Z'],
])('iso %s', (_, text, utc) => expect(iso(text)).toEqual(at(utc)));

it('a format with an offset of its own → that counts', () =>
  expect(timeReader({ format: 'yyyyMMddHHmmZZZ', zone: 'Europe/Copenhagen' })('202611191105+0000')).toEqual(
    at('2026-11-19T11:05:00Z'),
  ));
