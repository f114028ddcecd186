import { parseMapping } from './read-mapping.js';
import { MappingRefused } from './mapping-refused.js';

const csv = {
  format: 'unbroken-gateway-mapping/1',
  source: {
    kind: 'csv',
    parcel: [{ column: 'Number', scheme: 's10' }],
    time: { columns: ['At'], format: 'iso', zone: 'Europe/Copenhagen' },
    code: { column: 'Code' },
  },
  codes: { D: { what: 'delivered' } },
};

/** Every mistake as "path wrong". */
function mistakes(json: unknown): string[] {
  try {
    parseMapping(typeof json === 'string' ? json : JSON.stringify(json));
    return [];
  } catch (error) {
    if (!(error instanceof MappingRefused)) throw error;
    return error.mistakes.map(({ path, wrong }) => `${path} ${wrong}`);
  }
}

const withSource = (more: object) => ({ ...csv, source: { ...csv.source, ...more } });
const withCodes = (codes: object) => ({ ...csv, codes });

it('what the documentation calls the least → read, the rest as it is by default', () => {
  expect(parseMapping(JSON.stringify(csv)).source).toMatchObject({
    encoding: 'utf-8',
    delimiter: ',',
    quote: '"',
    header: true,
  });
});

it.each<[string, unknown, RegExp[]]>([
  ['no JSON', '{', [/^ is not JSON/]],
  ['another format', { ...csv, format: 'x' }, [/^\/format is not one of unbroken-gateway-mapping\/1$/]],
  [
    'members unknown',
    withSource({ zone: 'x', tz: 1 }),
    [/^\/source\/zone is not a member/, /^\/source\/tz is not a member/],
  ],
  ['a member missing', withSource({ code: undefined }), [/^\/source\/code is missing$/]],
  [
    'a scheme unknown',
    withSource({ parcel: [{ column: 'A', scheme: 'upc' }] }),
    [/^\/source\/parcel\/0\/scheme is not one of shipment, s10/],
  ],
  ['an encoding that is none', withSource({ encoding: 'ebcdic' }), [/^\/source\/encoding is not an encoding/]],
  ['two bytes a letter', withSource({ encoding: 'utf-16le' }), [/^\/source\/encoding is not an encoding/]],
  [
    'a zone and a format that are none, both at once',
    withSource({ time: { columns: ['At'], format: 'HH:mm', zone: 'Mars' } }),
    [/^\/source\/time\/zone is not a time zone/, /^\/source\/time\/format does not say year, month, day/],
  ],
  [
    'a day that is not said to be one of a month',
    withSource({ time: { columns: ['At'], format: 'yyyy-dd HH:mm', zone: 'UTC' } }),
    [/format/],
  ],
  [
    'names of columns without a header',
    withSource({ header: false, code: { column: 3 } }),
    [/^\/source\/parcel\/0\/column is a name/, /^\/source\/time\/columns\/0 is a name/],
  ],
  [
    'a site that is none',
    withSource({ place: { column: 'P', sites: { X: 'Hvidovre' } } }),
    [/^\/source\/place\/sites\/X is not a site/],
  ],
  ['a word that is none', withCodes({ D: { what: 'De livered' } }), [/^\/codes\/D\/what is not one word/]],
  [
    'what a gateway may not sign',
    withCodes({ 'A/1': { evt: 'approved' } }),
    [/^\/codes\/A~11\/evt is nothing that a gateway signs: accepted, released/],
  ],
  [
    'a claim missing',
    withCodes({ A: { evt: 'accepted' } }),
    [/^\/codes\/A\/claims\/cond is missing: accepted asks for it$/],
  ],
  [
    'a claim of another form',
    withCodes({ A: { evt: 'accepted', claims: { cond: 'fine' } } }),
    [/^\/codes\/A\/claims\/cond is not of the form/],
  ],
  [
    'a claim that is none',
    withCodes({ A: { evt: 'accepted', claims: { cond: 'ok', why: 'x' } } }),
    [/^\/codes\/A\/claims\/why is no claim of accepted$/],
  ],
  [
    'a claim that the gateway fills in',
    withCodes({ A: { evt: 'accepted', claims: { cond: 'ok', seq: 4 } } }),
    [/^\/codes\/A\/claims\/seq is filled in/],
  ],
  ['neither of the three', withCodes({ A: 'ignore' }), [/^\/codes\/A is not "skip", nor/]],
  [
    'a column where there are events',
    {
      ...csv,
      source: { kind: 'epcis', code: 'bizStep' },
      codes: { A: { evt: 'attempted', claims: { why: { column: 'R' } } } },
    },
    [/^\/codes\/A\/claims names a column/],
  ],
])('%s → named with its path', (_, json, said) => {
  const found = mistakes(json);
  expect(found).toHaveLength(said.length);
  said.forEach((one, at) => expect(found[at]).toMatch(one));
});

it('claims out of columns, and the consignee → not asked for here', () => {
  const claims = { to: { chain: 'consignee' }, mode: { column: 'How', values: { M: 'meet' } } };
  expect(mistakes(withCodes({ R: { evt: 'released', claims } }))).toEqual([]);
});
