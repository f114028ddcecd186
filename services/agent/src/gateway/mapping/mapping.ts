// The mapping file: how one feed of a carrier's own systems is read, and what the gateway signs for each of its codes
// (docs/gateway.md). Strict: a member that is not known is a mistake, never passed over.

import { patterns } from '@unbroken/tokens';
import type { SiteId } from '@unbroken/tokens';
import { z } from 'zod';

export const mappingFormat = 'unbroken-gateway-mapping/1';

/** Whose number is on the parcel: `shipment` is our own id; the others are references of `registered`. */
export const schemes = ['shipment', 's10', 'sscc', 'ginc'] as const;
export type Scheme = (typeof schemes)[number];

const site = z.string().regex(patterns.siteId, 'is not a site, written party/site') as unknown as z.ZodType<
  SiteId,
  SiteId
>;

/** A column by its name in the header line, or by its place from 1 where the file has none. */
const column = z.union([z.string().min(1), z.int().min(1)], 'is not a column: its name, or its place from 1');
export type Column = z.infer<typeof column>;

const sites = z.record(z.string().min(1), site);

/** What becomes of a place that `sites` does not name: its scan is a bad one, or is signed without a site. */
const otherPlaces = z.enum(['refuse', 'leave-out']).default('refuse');

const csvSource = z.strictObject({
  kind: z.literal('csv'),
  /** A label of https://encoding.spec.whatwg.org, such as utf-8 or windows-1252. */
  encoding: z.string().refine(isEncoding, 'is not an encoding such as utf-8 or windows-1252').default('utf-8'),
  delimiter: z.string().length(1, 'is not one character').default(','),
  /** The sign around fields that hold the delimiter; null: there is none, and quotes are letters like others. */
  quote: z.string().length(1, 'is not one character').nullable().default('"'),
  /** Whether the first line names the columns. */
  header: z.boolean().default(true),
  /** Where the parcel's number stands; of several columns the first that is not empty counts. */
  parcel: z.array(z.strictObject({ column, scheme: z.enum(schemes) })).min(1),
  /** `format`: iso, or tokens of Luxon; several columns are joined by a space. */
  time: z.strictObject({
    columns: z.array(column).min(1),
    format: z.string().min(1),
    /** The IANA zone the clock on the wall is in, where the text does not say it. */
    zone: z.string(),
  }),
  place: z.strictObject({ column, sites, others: otherPlaces }).optional(),
  code: z.strictObject({ column }),
});
export type CsvSource = z.infer<typeof csvSource>;

const epcisSource = z.strictObject({
  kind: z.literal('epcis'),
  /** Which numbers of `epcList` are parcels; others in it are passed over. */
  schemes: z
    .array(z.enum(['sscc', 'ginc']))
    .min(1)
    .default(['sscc']),
  place: z.strictObject({ member: z.enum(['bizLocation', 'readPoint']), sites, others: otherPlaces }).optional(),
  /** What is looked up in `codes`, in the words of GS1's vocabulary; both are joined by a slash. */
  code: z.enum(['bizStep', 'disposition', 'bizStep/disposition']),
  /** Events that are no ObjectEvent: named as bad ones, or passed over. */
  otherEvents: z.enum(['refuse', 'skip']).default('refuse'),
});
export type EpcisSource = z.infer<typeof epcisSource>;

const constant = z.union([z.string(), z.number(), z.boolean()]);

/** A claim's value: as it stands here, out of a column (by a table, if one is given), or the parcel's consignee. */
const claim = z.union(
  [
    constant,
    z.strictObject({ column, values: z.record(z.string(), constant).optional() }),
    z.strictObject({ chain: z.literal('consignee') }),
  ],
  'is not a value, nor {"column"} with or without "values", nor {"chain": "consignee"}',
);
export type MappedClaim = z.infer<typeof claim>;

const mappedCode = z.union(
  [
    z.literal('skip'),
    z.strictObject({ what: z.string() }),
    z.strictObject({ evt: z.string(), claims: z.record(z.string(), claim).default({}) }),
  ],
  'is not "skip", nor {"what"}, nor {"evt", "claims"}',
);
export type MappedCode = z.infer<typeof mappedCode>;

export const mapping = z.strictObject({
  format: z.literal(mappingFormat),
  source: z.discriminatedUnion('kind', [csvSource, epcisSource]),
  codes: z.record(z.string().min(1), mappedCode),
});
export type Mapping = z.infer<typeof mapping>;

function isEncoding(label: string): boolean {
  try {
    // Lines are found by their end in bytes, which encodings of two bytes a letter do not have.
    return !new TextDecoder(label).encoding.startsWith('utf-16');
  } catch {
    return false;
  }
}
