import { readGs1Uri } from './gs1-uri.js';
import { comparedNumber, readNumber } from './parcel-number.js';

it.each([
  ['s10', 'rr 473 124 829 dk', 'RR473124829DK'],
  ['sscc', '340123450000000000', '340123450000000000'],
  ['sscc', '(00) 3 4012345 000000000 0', '340123450000000000'],
  ['shipment', '7k2m-9qx4-t1b8-zc3v-2', '7K2M9QX4T1B8ZC3V2'],
  ['ginc', '4012345-ab/1', '4012345-AB/1'],
] as const)('%s %s → %s', (scheme, written, number) => expect(readNumber(scheme, written)).toEqual({ number }));

it.each([
  ['s10', 'RR473124839DK', /asks for 2/],
  ['sscc', '340123450000000001', /has check digit 1, where the others ask for 0/],
  ['sscc', '34012345000000000', /is not 18 digits/],
  ['shipment', '7K2M-9QX4-T1B8-ZC3V-3', /check character/],
  ['ginc', 'ABC', /company prefix/],
] as const)('%s %s → said what is wrong', (scheme, written, wrong) =>
  expect(readNumber(scheme, written)).toEqual({ wrong: expect.stringMatching(wrong) as string }),
);

it.each([
  ['urn:epc:id:sscc:4012345.3000000000', 'sscc', '340123450000000000'],
  ['urn:epc:id:sscc:5712345.1234567890', 'sscc', '157123452345678900'],
  ['https://id.gs1.org/00/340123450000000000', 'sscc', '340123450000000000'],
  ['https://carrier.example/gs1/00/340123450000000000?x=1', 'sscc', '340123450000000000'],
  ['urn:epc:id:ginc:4012345.AB%2F1', 'ginc', '4012345AB/1'],
  ['https://id.gs1.org/401/4012345AB%2F1', 'ginc', '4012345AB/1'],
])('%s → %s %s', (uri, scheme, number) => expect(readGs1Uri(uri)).toEqual({ scheme, number }));

it.each([
  'urn:epc:id:sgtin:4012345.011122.25',
  'https://id.gs1.org/01/04012345111225/21/25',
  'RR473124829DK',
  'https://',
])('%s → no parcel', (uri) => expect(readGs1Uri(uri)).toBeUndefined());

it.each(['https://id.gs1.org/00/340123450000000001', 'urn:epc:id:sscc:4012345.300000000'])('%s → wrong', (uri) =>
  expect(readGs1Uri(uri)).toMatchObject({ scheme: 'sscc', wrong: expect.any(String) as string }),
);

it('a reference as a sender wrote it → the same number', () =>
  expect(comparedNumber('s10', 'rr473124829dk')).toBe('RR473124829DK'));
